import assert from "node:assert/strict";
import { test } from "node:test";
import { Room } from "../../../../webapp/sdk/lib/rooms.js";
import { FakeNetwork, listed, no, ok, online, push, settled, stored, syncedRoom } from "./fakes.js";

const LIST = "/im/rm/room/get_room_list";

test("delivers each message once and in order, for any order of arrival", () => {
  for (let round = 0; round < 200; round++) {
    const seqs = [];
    const room = new Room(({ seq }) => seqs.push(seq));
    room.start(10);
    const offered = Array.from({ length: 40 }, (_, i) => 1 + (i % 30)).sort(() => Math.random() - 0.5);
    offered.forEach((seq) => room.offer({ seq }));
    assert.deepEqual(seqs, Array.from({ length: 20 }, (_, i) => 11 + i));
    assert.equal(room.hasGap, false);
  }
});

test("skips a number without a message when all others have been fetched", () => {
  const seqs = [];
  const room = new Room(({ seq }) => seqs.push(seq));
  room.start(0);
  room.offer({ seq: 4 });
  room.fill([{ seq: 1 }, { seq: 3 }], 4);
  assert.deepEqual(seqs, [1, 3, 4]);
});

test("waits for the answer to an own message before it fills a gap", async () => {
  const { client, network, timers, seqs } = await online();
  client.sendToUser("bob", "2");
  await network.socket.receive(push(1));
  await network.socket.receive(push(3));
  await timers.advance(2_000);
  assert.equal(network.socket.asked("sync").length, 1);
  await network.socket.answer("single_message", stored(2));
  assert.deepEqual(seqs(), [1, 2, 3]);
});

test("fills a gap that no message in flight can close", async () => {
  const { network, timers, seqs } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(4));
  await timers.advance(300);
  assert.deepEqual(network.socket.asked("sync").at(-1).rooms, { r: 1 });
  await network.socket.sync([syncedRoom([2, 3, 4])]);
  assert.deepEqual(seqs(), [1, 2, 3, 4]);
});

test("reports and skips a gap that the server does not fill twice in a row", async () => {
  const { network, timers, seqs, of } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(3));
  await timers.advance(300);
  await network.socket.sync();
  assert.deepEqual(of("gap"), []);
  await timers.advance(1_000);
  await network.socket.sync();
  assert.deepEqual(of("gap"), [{ roomId: "r", afterSeq: 1, beforeSeq: 3 }]);
  assert.deepEqual(seqs(), [1, 3]);
});

test("asks a busy server again after the time that it gives", async () => {
  const { network, timers, seqs } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(3));
  await timers.advance(300);
  await network.socket.answer("sync", no("unavailable", { retry_after: 5 }));
  await timers.advance(4_000);
  assert.equal(network.socket.asked("sync").length, 2);
  await timers.advance(3_000);
  await network.socket.sync([syncedRoom([2, 3])]);
  assert.deepEqual(seqs(), [1, 2, 3]);
});

test("a room entered later starts at the first live message", async () => {
  const { network, timers, seqs } = await online();
  network.answers[LIST] = ok([listed("r", 78, 77)]);
  await network.socket.receive(push(78));
  await timers.advance(300);
  await network.socket.sync();
  assert.deepEqual(seqs(), [78]);
});

test("drops held messages on reconnect, because the store may have been set back", async () => {
  const { network, timers, of, seqs } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(3, { text: "before the store was set back" }));
  await network.socket.end(1006);
  await timers.advance(500);
  await network.socket.open();
  await network.socket.sync();
  await network.socket.receive(push(2));
  await network.socket.receive(push(3, { text: "after" }));
  assert.deepEqual(seqs(), [1, 2, 3]);
  assert.equal(of("message").at(-1).text, "after");
});

test("a room that was left starts over when it is entered again", async () => {
  const { network, timers, seqs } = await online();
  await network.socket.receive(push(1));
  const left = { message_type: 10006, event: "member_left", room_id: "r", user_id: "alice", by_user_id: "bob" };
  await network.socket.receive(left);
  network.answers[LIST] = ok([listed("r", 40, 39)]);
  await network.socket.receive(push(40));
  await timers.advance(300);
  await network.socket.sync();
  assert.deepEqual(seqs(), [1, 40]);
});

test("failing storage does not prevent sending or delivery", async () => {
  const warn = console.warn;
  const warnings = [];
  console.warn = (text) => warnings.push(text);
  const storage = {
    getItem: () => null,
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
    removeItem: () => {},
  };
  const { client, network, seqs } = await online({ storage });
  client.sendToUser("bob", "1");
  await settled();
  await network.socket.answer("single_message", stored(1));
  console.warn = warn;
  assert.deepEqual(seqs(), [1]);
  assert.equal(warnings.length, 1);
});

test("delivers an own message whose answer was lost, even the first of its room", async () => {
  const network = new FakeNetwork();
  const { client, timers, seqs } = await online({ network });
  client.sendToUser("bob", "1");
  await network.socket.end(1006);
  network.answers[LIST] = ok([listed("r", 1, 1)]);
  await timers.advance(500);
  await network.socket.open();
  await network.socket.sync([syncedRoom([1])]);
  assert.deepEqual(seqs(), []);
  await network.socket.answer("single_message", stored(1));
  await network.socket.receive(push(2));
  assert.deepEqual(seqs(), [1, 2]);
});

test("fills a gap even if messages are always in flight", async () => {
  const { client, network, timers, seqs } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(3));
  for (let i = 0; i < 20; i++) {
    client.sendToUser("carol", `${i}`);
    await timers.advance(200);
  }
  assert.equal(network.socket.asked("sync").length, 2);
  await network.socket.sync([syncedRoom([2, 3])]);
  assert.deepEqual(seqs(), [1, 2, 3]);
});
