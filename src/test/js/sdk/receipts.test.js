import assert from "node:assert/strict";
import { test } from "node:test";
import { ok, online, push, settled, token } from "./fakes.js";

test("sends one ack a second with the highest seq, and repeats reads after a reconnect", async () => {
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

test("without autoAck the application sends acks itself", async () => {
  const { client, network, timers } = await online({ autoAck: false });
  await network.socket.receive(push(1));
  await timers.advance(2_000);
  assert.deepEqual(network.socket.asked("ack"), []);
  client.ack("r", 1);
  await timers.advance(1_000);
  assert.equal(network.socket.asked("ack").length, 1);
});

test("sends typing at most every three seconds", async () => {
  const { client, network, timers } = await online();
  client.typing("r");
  client.typing("r");
  client.typing("s");
  await timers.advance(3_000);
  client.typing("r");
  assert.deepEqual(network.socket.asked("typing").map(({ room_id }) => room_id), ["r", "s", "r"]);
});

test("receipts are not sent in the name of the next user", async () => {
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

test("typing works after the clock was set back", async () => {
  const { client, network, timers } = await online();
  client.typing("r");
  timers.set(-3_600_000);
  client.typing("r");
  assert.equal(network.socket.asked("typing").length, 2);
});
