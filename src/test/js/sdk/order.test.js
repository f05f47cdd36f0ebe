import assert from "node:assert/strict";
import { test } from "node:test";
import { Cursors } from "../../../../webapp/sdk/lib/cursors.js";
import { Room } from "../../../../webapp/sdk/lib/rooms.js";
import { JsonStore } from "../../../../webapp/sdk/lib/store.js";
import { FakeNetwork, FakeTimers, listed, memory, no, ok, online, push, settled, started, stored, token, until } from "./fakes.js";

const LIST = "/im/rm/room/get_room_list";
const HISTORY = "/im/rm/room/get_room_message_list";
const syncedRoom = (seqs, more = {}) => ({
  room_id: "r",
  room_type: 1,
  last_seq: seqs.at(-1) ?? 0,
  messages: seqs.map((seq) => push(seq)),
  complete: true,
  ...more,
});

test("whatever the order, and however often: each number once, and in order", () => {
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

test("a number that no message has is passed over when all others have been fetched", () => {
  const seqs = [];
  const room = new Room(({ seq }) => seqs.push(seq));
  room.start(0);
  room.offer({ seq: 4 });
  room.fill([{ seq: 1 }, { seq: 3 }], 4);
  assert.deepEqual(seqs, [1, 3, 4]);
});

test("a hole is filled after a moment, in which the answer to an own message may come", async () => {
  const { client, network, timers, seqs } = await online();
  client.sendToUser("bob", "2");
  await network.socket.receive(push(1));
  await network.socket.receive(push(3));
  await timers.advance(2_000);
  assert.equal(network.socket.asked("sync").length, 1);
  await network.socket.answer("single_message", stored(2));
  assert.deepEqual(seqs(), [1, 2, 3]);
});

test("a hole that has nothing to do with what is under way is filled", async () => {
  const { network, timers, seqs } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(4));
  await timers.advance(300);
  assert.deepEqual(network.socket.asked("sync").at(-1).rooms, { r: 1 });
  await network.socket.sync([syncedRoom([2, 3, 4])]);
  assert.deepEqual(seqs(), [1, 2, 3, 4]);
});

test("a hole that the server does not fill when asked twice is told, and passed over", async () => {
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

test("a server that is too busy to fill a hole is asked again when it says", async () => {
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

test("a device that is new begins with what is unread, and says what it leaves to the history", async () => {
  const network = new FakeNetwork();
  network.answers[LIST] = ok([listed("r", 500, 100), listed("s", 5, 5)]);
  const { of } = await started({ network, firstSyncLimit: 50 });
  await network.socket.open();
  assert.deepEqual(network.socket.asked("sync")[0].rooms, { r: 450, s: 5 });
  assert.deepEqual(of("gap"), [{ roomId: "r", afterSeq: 100, beforeSeq: 451 }]);
});

test("a device that wants nothing old still gets what comes while it asks where it stands", async () => {
  const network = new FakeNetwork();
  let answer;
  network.answers[LIST] = ok([listed("r", 6, 2)]);
  const { seqs } = await started({
    network,
    firstSync: "none",
    fetch: async (...request) => {
      await new Promise((resolve) => (answer = resolve));
      return network.fetch(...request);
    },
  });
  await network.socket.open();
  await network.socket.receive(push(6));
  answer();
  await settled();
  assert.deepEqual(network.socket.asked("sync")[0].rooms, { r: 6 });
  assert.deepEqual(seqs(), [6]);
});

test("a room that was entered in the middle begins there", async () => {
  const { network, timers, seqs } = await online();
  network.answers[LIST] = ok([listed("r", 78, 77)]);
  await network.socket.receive(push(78));
  await timers.advance(300);
  await network.socket.sync();
  assert.deepEqual(seqs(), [78]);
});

test("what came early is not held over a reconnect, after which it may be another message", async () => {
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

test("a room that was left is begun anew when it is entered again", async () => {
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

test("a room that is in an answer and in no list any more is left out", async () => {
  const { network, client, seqs } = await started();
  await network.socket.open();
  await network.socket.sync([syncedRoom([1, 2])]);
  assert.equal(client.state, "online");
  assert.deepEqual(seqs(), []);
});

test("of a very long absence only the newest are told", async () => {
  const storage = memory();
  const before = await online({ storage });
  await before.network.socket.receive(push(1));
  before.client.close();
  const { network, of, seqs } = await started({ storage, catchUpLimit: 2 });
  await network.socket.open();
  await network.socket.sync([syncedRoom([2, 3, 4], { last_seq: 9, complete: false })]);
  assert.deepEqual(of("gap"), [{ roomId: "r", afterSeq: 1, beforeSeq: 8 }]);
  assert.deepEqual(network.socket.asked("sync").at(-1).rooms, { r: 7 });
  await network.socket.sync([syncedRoom([8, 9])]);
  assert.deepEqual(seqs(), [8, 9]);
});

test("a server that says that there is more, and gives nothing, is not asked without end", async () => {
  const { network, client } = await started();
  await network.socket.open();
  network.answers[LIST] = ok([listed("r", 3, 0)]);
  await network.socket.sync([syncedRoom([], { last_seq: 3, complete: false })]);
  await network.socket.sync([syncedRoom([], { last_seq: 3, complete: false })]);
  assert.equal(client.state, "waiting");
});

test("with more rooms than a frame holds, lists and history take the place of sync", async () => {
  const storage = memory();
  const rooms = Array.from({ length: 1_500 }, (_, i) => [`${i}`.padStart(72, "a"), 1]);
  const [[first]] = rooms;
  const kept = new JsonStore(storage, "simpleim:https://chat.example/im/:alice:");
  kept.write("cursors", Object.fromEntries(rooms));
  const network = new FakeNetwork();
  const page = (at) => rooms.slice((at - 1) * 100, at * 100).map(([id]) => listed(id, id === first ? 3 : 1, 0));
  network.answers[LIST] = ({ page: at }) => ok(page(Number(at)));
  network.answers[HISTORY] = ({ room_id: room, after_seq: after }) =>
    ok([2, 3].filter((seq) => seq > after).map((seq) => ({ RoomId: room, Seq: seq, SendUserId: "bob", MessageData: "" })));
  const { client, timers, seqs } = await started({ network, storage });
  const lists = () => network.requests.filter((request) => request.includes("get_room_list")).length;
  await network.socket.open();
  await until(() => client.state === "online");
  assert.deepEqual(network.socket.asked("sync"), []);
  assert.deepEqual(seqs(), [2, 3]);
  assert.equal(lists(), 16);
  await network.socket.end(1006);
  await timers.advance(500);
  await network.socket.open();
  await until(() => client.state === "online");
  // Beyond a page without news, which comes after those with, there is nothing.
  assert.equal(lists(), 17);
});

test("by HTTP too, what was broken off is taken up again, also where the first page has no news any more", async () => {
  const storage = memory();
  const rooms = Array.from({ length: 150 }, (_, i) => `r${i}`);
  const kept = new JsonStore(storage, "simpleim:https://chat.example/im/:alice:");
  kept.write("cursors", Object.fromEntries(rooms.map((room) => [room, 1])));
  const network = new FakeNetwork();
  let breaksOff = true;
  network.answers[LIST] = ({ page }) =>
    breaksOff && page === "2"
      ? new Error("the network is gone")
      : ok(rooms.slice((page - 1) * 100, page * 100).map((room) => listed(room, room === "r0" || room === "r149" ? 2 : 1, 0)));
  network.answers[HISTORY] = ({ room_id: room }) => ok([{ RoomId: room, Seq: 2, SendUserId: "bob", MessageData: "" }]);
  const { client, timers, of } = await started({ network, storage });
  await network.socket.open();
  await network.socket.end(1009);
  await timers.advance(500);
  await network.socket.open();
  await until(() => client.state === "waiting");
  breaksOff = false;
  await timers.advance(2_000);
  await network.socket.open();
  await until(() => client.state === "online");
  assert.deepEqual(of("message").map(({ roomId }) => roomId), ["r0", "r149"]);
});

test("a sync that was too large for the server is not sent again", async () => {
  const { network, client, timers } = await started();
  await network.socket.open();
  await network.socket.end(1009);
  await timers.advance(500);
  await network.socket.open();
  await settled();
  assert.deepEqual(network.socket.asked("sync"), []);
  assert.equal(client.state, "online");
});

test("two tabs keep the farthest of both, but for a room that was set back", () => {
  const storage = memory();
  const timers = new FakeTimers();
  const tab = () => new Cursors(new JsonStore(storage, "u:"), timers);
  const [one, other] = [tab(), tab()];
  one.advance("r", 9);
  one.save(true);
  other.advance("r", 5);
  other.advance("s", 2);
  other.save();
  assert.deepEqual(one.load(), { r: 9, s: 2 });
  other.reset("r");
  other.advance("r", 3);
  other.save();
  assert.deepEqual(one.load(), { r: 3, s: 2 });
  one.forget("r");
  one.save();
  assert.deepEqual(other.load(), { s: 2 });
});

test("acks are told once a second with the highest number, reads again after a reconnect", async () => {
  const { client, network, timers } = await online();
  await network.socket.receive(push(1));
  await network.socket.receive(push(2));
  await timers.advance(1_000);
  assert.deepEqual(network.socket.asked("ack").map(({ room_id, seq }) => [room_id, seq]), [["r", 2]]);
  client.markRead("r", 2);
  await timers.advance(300);
  assert.equal(network.socket.asked("read").length, 1);
  await network.socket.end(1006);
  await timers.advance(500);
  await network.socket.open();
  await network.socket.sync();
  await timers.advance(300);
  await network.socket.answer("read", ok());
  client.markRead("r", 1);
  await timers.advance(300);
  assert.deepEqual(network.socket.asked("read").map(({ seq }) => seq), [2]);
});

test("an application may ack itself", async () => {
  const { client, network, timers } = await online({ autoAck: false });
  await network.socket.receive(push(1));
  await timers.advance(2_000);
  assert.deepEqual(network.socket.asked("ack"), []);
  client.ack("r", 1);
  await timers.advance(1_000);
  assert.equal(network.socket.asked("ack").length, 1);
});

test("typing is told every three seconds at most", async () => {
  const { client, network, timers } = await online();
  client.typing("r");
  client.typing("r");
  client.typing("s");
  await timers.advance(3_000);
  client.typing("r");
  assert.deepEqual(network.socket.asked("typing").map(({ room_id }) => room_id), ["r", "s", "r"]);
});

test("storage that is full, or forbidden, keeps nothing from being sent or shown", async () => {
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

test("by HTTP too, what live messages overtake is not left out", async () => {
  const storage = memory();
  new JsonStore(storage, "simpleim:https://chat.example/im/:alice:").write("cursors", { r: 0 });
  const network = new FakeNetwork();
  let answer;
  network.answers[LIST] = ok([listed("r", 150, 0)]);
  network.answers[HISTORY] = ({ after_seq: after }) =>
    ok(Array.from({ length: 100 }, (_, i) => Number(after) + 1 + i)
      .filter((seq) => seq <= 150)
      .map((seq) => ({ RoomId: "r", Seq: seq, SendUserId: "bob", MessageData: "" })));
  const { timers, seqs } = await started({
    network,
    storage,
    fetch: async (href, request) => {
      if (href.includes("get_room_message_list") && !answer) {
        await new Promise((resolve) => (answer = resolve));
      }
      return network.fetch(href, request);
    },
  });
  await network.socket.open();
  await network.socket.end(1009);
  await timers.advance(500);
  await network.socket.open();
  await network.socket.receive(push(1));
  await network.socket.receive(push(2));
  answer();
  await settled();
  assert.deepEqual(seqs(), Array.from({ length: 150 }, (_, i) => 1 + i));
});

test("what one user has read is not told in the name of the next", async () => {
  const users = ["alice", "bob"];
  const { client, network, timers } = await online({ getToken: () => token(users.shift()) });
  network.answers["/im/u/user/login_out"] = ok();
  client.markRead("r", 7);
  await timers.advance(300);
  client.markRead("s", 7);
  await client.logout();
  client.connect();
  await settled();
  await network.socket.open();
  await network.socket.sync();
  client.markRead("r", 5);
  await timers.advance(300);
  assert.deepEqual(network.socket.asked("read").map(({ room_id, seq }) => [room_id, seq]), [["r", 5]]);
});

test("an own message whose answer was lost is told, also where it was the first of its room", async () => {
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

test("a hole is filled also while there is always something under way to a user", async () => {
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

test("a clock that is set back stops nothing", async () => {
  const { client, network, timers } = await online();
  client.typing("r");
  timers.set(-3_600_000);
  client.typing("r");
  assert.equal(network.socket.asked("typing").length, 2);
});
