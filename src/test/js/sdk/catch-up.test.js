import assert from "node:assert/strict";
import { test } from "node:test";
import { Cursors } from "../../../../webapp/sdk/lib/cursors.js";
import { JsonStore } from "../../../../webapp/sdk/lib/store.js";
import { FakeNetwork, FakeTimers, listed, memory, ok, online, push, settled, started, syncedRoom, until } from "./fakes.js";

const LIST = "/im/rm/room/get_room_list";
const HISTORY = "/im/rm/room/get_room_message_list";

test("a new device starts with unread messages and reports skipped ones as a gap", async () => {
  const network = new FakeNetwork();
  network.answers[LIST] = ok([listed("r", 500, 100), listed("s", 5, 5)]);
  const { of } = await started({ network, firstSyncLimit: 50 });
  await network.socket.open();
  assert.deepEqual(network.socket.asked("sync")[0].rooms, { r: 450, s: 5 });
  assert.deepEqual(of("gap"), [{ roomId: "r", afterSeq: 100, beforeSeq: 451 }]);
});

test("with firstSync none it still delivers messages that arrive during the first sync", async () => {
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

test("ignores a synced room that is no longer in the list", async () => {
  const { network, client, seqs } = await started();
  await network.socket.open();
  await network.socket.sync([syncedRoom([1, 2])]);
  assert.equal(client.state, "online");
  assert.deepEqual(seqs(), []);
});

test("after a long absence only the newest messages are delivered", async () => {
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

test("stops asking a server that reports more messages but returns none", async () => {
  const { network, client } = await started();
  await network.socket.open();
  network.answers[LIST] = ok([listed("r", 3, 0)]);
  await network.socket.sync([syncedRoom([], { last_seq: 3, complete: false })]);
  await network.socket.sync([syncedRoom([], { last_seq: 3, complete: false })]);
  assert.equal(client.state, "waiting");
});

test("with more rooms than fit into a frame it catches up over HTTP", async () => {
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

test("an interrupted catch-up over HTTP is resumed, even if the first page has no news", async () => {
  const storage = memory();
  const rooms = Array.from({ length: 150 }, (_, i) => `r${i}`);
  const kept = new JsonStore(storage, "simpleim:https://chat.example/im/:alice:");
  kept.write("cursors", Object.fromEntries(rooms.map((room) => [room, 1])));
  const network = new FakeNetwork();
  let isBroken = true;
  network.answers[LIST] = ({ page }) =>
    isBroken && page === "2"
      ? new Error("the network is gone")
      : ok(rooms.slice((page - 1) * 100, page * 100).map((room) => listed(room, room === "r0" || room === "r149" ? 2 : 1, 0)));
  network.answers[HISTORY] = ({ room_id: room }) => ok([{ RoomId: room, Seq: 2, SendUserId: "bob", MessageData: "" }]);
  const { client, timers, of } = await started({ network, storage });
  await network.socket.open();
  await network.socket.end(1009);
  await timers.advance(500);
  await network.socket.open();
  await until(() => client.state === "waiting");
  isBroken = false;
  await timers.advance(2_000);
  await network.socket.open();
  await until(() => client.state === "online");
  assert.deepEqual(of("message").map(({ roomId }) => roomId), ["r0", "r149"]);
});

test("does not repeat a sync that was too large for the server", async () => {
  const { network, client, timers } = await started();
  await network.socket.open();
  await network.socket.end(1009);
  await timers.advance(500);
  await network.socket.open();
  await settled();
  assert.deepEqual(network.socket.asked("sync"), []);
  assert.equal(client.state, "online");
});

test("two tabs store the higher cursor of both, except for a room that was set back", () => {
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

test("live messages do not make the catch-up over HTTP skip any", async () => {
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
