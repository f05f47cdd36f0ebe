import assert from "node:assert/strict";
import { test } from "node:test";
import { memory, no, online, settled, started, stored, token } from "./fakes.js";

const texts = (socket) => socket.asked("room_message").map(({ message }) => message);

test("sends one message at a time per room, and to other rooms meanwhile", async () => {
  const { client, network } = await online();
  client.sendToRoom("r", "1");
  client.sendToRoom("r", "2");
  client.sendToRoom("s", "3");
  assert.deepEqual(texts(network.socket), ["1", "3"]);
  const { ref } = network.socket.sent.find(({ message }) => message === "1");
  await network.socket.receive({ op: "reply", ref, ...stored(1) });
  assert.deepEqual(texts(network.socket), ["1", "3", "2"]);
});

test("resolves to the message and reports each status", async () => {
  const { client, network, of } = await online();
  const sent = client.sendToUser("bob", "hello", { clientMsgId: "c", type: 7 });
  const { ref, ...frame } = network.socket.asked("single_message")[0];
  assert.deepEqual(frame, { op: "single_message", to_user_id: "bob", message: "hello", client_msg_id: "c", message_type: 7 });
  await network.socket.answer("single_message", stored(1));
  const message = await sent;
  assert.equal(message.clientMsgId, "c");
  assert.equal(message.own, true);
  assert.deepEqual(of("outgoing").map(({ status }) => status), ["queued", "sending", "stored"]);
  assert.deepEqual(of("message"), [message]);
  assert.deepEqual(client.outbox(), []);
});

test("resends an unanswered message under the same id", async () => {
  const { client, network, timers } = await online();
  client.sendToRoom("r", "1");
  await timers.advance(11_000);
  const ids = network.socket.asked("room_message").map((frame) => frame.client_msg_id);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
});

test("a temporary refusal pauses all messages as long as the server says, even across a reconnect", async () => {
  const { client, network, timers } = await online();
  client.sendToRoom("q", "0");
  client.sendToRoom("r", "1");
  await network.socket.answer("room_message", no("rate_limited", { retry_after: 4 }));
  client.sendToRoom("s", "2");
  assert.deepEqual(texts(network.socket), ["0", "1"]);
  await network.socket.end(1006);
  await timers.advance(1_000);
  await network.socket.open();
  await network.socket.sync();
  assert.deepEqual(texts(network.socket), []);
  await timers.advance(3_500);
  assert.deepEqual(texts(network.socket), ["0", "1", "2"]);
});

test("keeps a message that was finally refused, and resends it on request", async () => {
  const { client, network } = await online();
  const sent = client.sendToRoom("r", "1", { clientMsgId: "c" });
  await network.socket.answer("room_message", no("not_in_room"));
  await assert.rejects(sent, { code: "not_in_room" });
  assert.equal(client.outbox()[0].status, "failed");
  assert.equal(client.outbox()[0].error.code, "not_in_room");
  const again = client.resend("c");
  await network.socket.answer("room_message", stored(1));
  assert.equal((await again).seq, 1);
});

test("a message fails after repeated internal errors", async () => {
  const { client, network, timers } = await online();
  const sent = client.sendToRoom("r", "1");
  for (let i = 0; i < 5; i++) {
    await network.socket.answer("room_message", no("internal_error"));
    await timers.advance(2_500);
  }
  await assert.rejects(sent, { code: "internal_error" });
});

test("does not resend a message that was too large, but resends others in flight", async () => {
  const { client, network, timers } = await online();
  const large = client.sendToRoom("r", "大".repeat(100));
  client.sendToRoom("s", "x".repeat(200));
  await network.socket.end(1009);
  await assert.rejects(large, { code: "too_large" });
  await timers.advance(500);
  await network.socket.open();
  assert.deepEqual(texts(network.socket), ["x".repeat(200)]);
});

test("refuses messages beyond the limit", async () => {
  const { client } = await started({ maxQueued: 1 });
  client.sendToRoom("r", "1");
  await assert.rejects(client.sendToRoom("r", "2"), { code: "queue_full" });
});

test("ignores the answer to a discarded message", async () => {
  const { client, network, of } = await online();
  const sent = client.sendToRoom("r", "1", { clientMsgId: "c" });
  client.discard("c");
  await network.socket.answer("room_message", stored(1));
  await assert.rejects(sent, { code: "closed" });
  assert.deepEqual(of("outgoing").map(({ status }) => status), ["queued", "sending"]);
});

test("waiting and failed messages survive a reload, in order", async () => {
  const storage = memory();
  const before = await online({ storage });
  before.client.sendToRoom("r", "0");
  await before.network.socket.answer("room_message", no("room_full"));
  before.client.sendToRoom("r", "1");
  before.client.sendToRoom("r", "2");
  await settled();
  const { client, network } = await online({ storage });
  assert.deepEqual(client.outbox().map(({ text, status }) => [text, status]), [
    ["0", "failed"],
    ["1", "sending"],
    ["2", "queued"],
  ]);
  assert.equal(client.outbox()[0].error.code, "room_full");
  const [first] = before.network.socket.asked("room_message").slice(-1);
  assert.equal(network.socket.asked("room_message")[0].client_msg_id, first.client_msg_id);
});

test("another tab's messages are taken over only when that tab is gone", async (t) => {
  const storage = memory();
  const held = new Set();
  const locks = {
    request: (name, task) => {
      held.add(name);
      return task().then(() => held.delete(name));
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  };
  const original = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  t.after(() => original && Object.defineProperty(globalThis, "navigator", original));

  const first = await online({ storage });
  first.client.sendToRoom("r", "1");
  await settled();
  const second = await online({ storage });
  assert.deepEqual(texts(second.network.socket), []);
  first.client.close();
  await settled();
  await second.network.socket.end(1006);
  await second.timers.advance(500);
  await second.network.socket.open();
  assert.deepEqual(texts(second.network.socket), ["1"]);
});

test("logout discards waiting messages and ends the session", async () => {
  const storage = memory();
  const { client, network } = await online({ storage });
  network.answers["/im/u/user/login_out"] = { code: 200, data: {} };
  const sent = client.sendToRoom("r", "1");
  await settled();
  await client.logout();
  await assert.rejects(sent, { code: "closed" });
  assert.equal(network.requests.at(-1), "POST /im/u/user/login_out");
  assert.equal(storage.values.size, 0);
  assert.equal(client.state, "idle");
});

test("limits the number of messages in flight", async () => {
  const { client, network } = await online();
  for (let i = 0; i < 100; i++) {
    client.sendToRoom(`r${i}`, `${i}`);
  }
  assert.equal(texts(network.socket).length, 20);
  const { ref } = network.socket.asked("room_message")[7];
  await network.socket.receive({ op: "reply", ref, ...stored(1, "r7") });
  assert.deepEqual(texts(network.socket).slice(20), ["20"]);
});

test("a message sent after logout belongs to the next user", async () => {
  const storage = memory();
  const users = ["alice", "bob"];
  const { client, network } = await online({ storage, getToken: () => token(users.shift()) });
  network.answers["/im/u/user/login_out"] = { code: 200, data: {} };
  await client.logout();
  client.sendToRoom("r", "1");
  await settled();
  assert.equal(storage.values.size, 0);
  client.connect();
  await settled();
  assert.deepEqual([...storage.values.keys()], ["simpleim:https://chat.example/im/:bob:outbox"]);
});

test("simultaneous refusals count as one failure", async () => {
  const { client, network, timers } = await online();
  for (let i = 0; i < 10; i++) {
    client.sendToRoom(`r${i}`, `${i}`);
  }
  for (const { ref } of network.socket.asked("room_message")) {
    await network.socket.receive({ op: "reply", ref, ...no("rate_limited", { retry_after: 1 }) });
  }
  await timers.advance(1_500);
  assert.equal(texts(network.socket).length, 20);
});
