import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../../../webapp/sdk/lib/backoff.js";
import { SimpleIM } from "../../../../webapp/sdk/simpleim.js";
import { no, ok, online, push, settled, started, token } from "./fakes.js";

const SESSIONS = "/im/u/user/get_session_list";

test("the delay is a random part of a maximum that doubles with each failure", () => {
  let chance = 1;
  const backoff = new Backoff({ firstMillis: 100, longestMillis: 1_000 }, () => chance);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()), [100, 200, 400, 800, 1_000, 1_000]);
  chance = 0;
  assert.equal(backoff.next(), 0);
  assert.equal(backoff.longest(), 500);
  backoff.reset();
  chance = 1;
  assert.equal(backoff.next(), 100);
});

test("connects below the server's address with the token as a subprotocol, and syncs by itself", async () => {
  const { network, client } = await started();
  assert.equal(network.socket.url, "wss://chat.example/im/u/user/connect?offline=none");
  assert.equal(network.socket.token, token("alice"));
  assert.equal(client.userId, "alice");
  assert.equal(client.state, "connecting");
  await network.socket.open();
  assert.equal(client.state, "syncing");
  await network.socket.sync();
  assert.equal(client.state, "online");
});

for (const code of [1001, 1006, 1011, 4008]) {
  test(`reconnects soon after ${code}`, async () => {
    const { network, client, timers } = await online();
    await network.socket.end(code);
    assert.equal(client.state, "waiting");
    await timers.advance(500);
    assert.equal(network.sockets.length, 2);
  });
}

for (const code of [1008, 4029]) {
  test(`waits long after ${code}, even if the browser reports a network`, async () => {
    const page = new EventTarget();
    globalThis.addEventListener = page.addEventListener.bind(page);
    const { network, timers, of } = await online();
    delete globalThis.addEventListener;
    await network.socket.end(code);
    await timers.advance(14_000);
    page.dispatchEvent(new Event("online"));
    await settled();
    assert.equal(network.sockets.length, 1);
    assert.equal(of("state").at(-1).closeCode, code);
    await timers.advance(16_000);
    assert.equal(network.sockets.length, 2);
  });
}

test("reconnects at once when the network is back", async () => {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  const { network, timers } = await online({ backoff: { firstMillis: 20_000 } });
  delete globalThis.addEventListener;
  await network.socket.end(1006);
  await timers.advance(2_000);
  assert.equal(network.sockets.length, 1);
  page.dispatchEvent(new Event("online"));
  await settled();
  assert.equal(network.sockets.length, 2);
});

test("a short-lived connection does not reset the backoff", async () => {
  const { network, timers, of } = await online();
  const waits = [];
  for (let i = 0; i < 4; i++) {
    await network.socket.end(1006);
    waits.push(of("state").at(-1).retryAt - timers.now());
    await timers.advance(waits.at(-1));
    await network.socket.open();
    await network.socket.sync();
  }
  assert.deepEqual(waits, [250, 500, 1_000, 2_000]);
  await timers.advance(6_000);
  await network.socket.end(1006);
  assert.equal(of("state").at(-1).retryAt - timers.now(), 250);
});

test("failed handshake: a valid token is kept", async () => {
  const { network, asked, client } = await started();
  await network.socket.end(1006);
  assert.equal(client.state, "waiting");
  assert.deepEqual(network.requests, [`GET ${SESSIONS}`]);
  assert.deepEqual(asked, ["start"]);
});

test("failed handshake: the token is kept if nobody answers", async () => {
  const { network, asked, client } = await started();
  network.answers[SESSIONS] = new TypeError("Failed to fetch");
  await network.socket.end(1006);
  assert.equal(client.state, "waiting");
  assert.deepEqual(asked, ["start"]);
});

test("failed handshake: a new token is requested if the session has ended", async () => {
  const { network, asked } = await started();
  network.answers[SESSIONS] = no("token_expired");
  await network.socket.end(1006);
  assert.deepEqual(asked, ["start", "ended"]);
  assert.equal(network.sockets.length, 2);
});

test("failed handshake: stops if the user is banned", async () => {
  const { network, client, connected } = await started();
  network.answers[SESSIONS] = no("user_banned");
  await network.socket.end(1006);
  assert.equal(client.state, "stopped");
  await assert.rejects(connected, { code: "user_banned" });
});

test("failed handshake: waits as long as a full server says", async () => {
  const { network, of, timers } = await started();
  network.answers[SESSIONS] = no("unavailable", { retry_after: 5 });
  await network.socket.end(1006);
  assert.ok(of("state").at(-1).retryAt - timers.now() >= 5_000);
});

test("a silent connection is probed, and ended if it does not answer", async () => {
  const { network, timers, client } = await online();
  const { socket } = network;
  await timers.advance(25_000);
  await socket.receive({ op: "pong", ref: socket.asked("ping")[0].ref });
  await timers.advance(25_000);
  assert.equal(socket.asked("ping").length, 2);
  assert.equal(client.state, "online");
  await timers.advance(10_000);
  assert.equal(socket.isClosed, true);
  assert.notEqual(client.state, "online");
});

test("a handshake without an answer is aborted", async () => {
  const { network, timers } = await started();
  await timers.advance(16_000);
  assert.equal(network.sockets[0].isClosed, true);
  assert.equal(network.sockets.length, 2);
});

test("an ended connection is ignored", async () => {
  const { network, client, seqs } = await online();
  const { onmessage, onclose } = network.socket;
  client.close();
  onmessage({ data: JSON.stringify(push(1)) });
  onclose({ code: 4001 });
  await settled();
  assert.equal(client.state, "idle");
  assert.deepEqual(seqs(), []);
});

test("an exception of one listener is reported and does not affect the others", async () => {
  const { network, client } = await online();
  const heard = [];
  const reported = [];
  client.on("message", () => {
    throw new Error("from the application");
  });
  const off = client.on("message", ({ seq }) => heard.push(seq));
  const original = console.error;
  console.error = (error) => reported.push(error.message);
  await network.socket.receive(push(1));
  off();
  await network.socket.receive(push(2));
  console.error = original;
  assert.deepEqual(heard, [1]);
  assert.deepEqual(reported, ["from the application", "from the application"]);
});

test("a missing server address is an error", () => {
  assert.throws(() => new SimpleIM({ getToken: () => "" }), /url is missing/);
});

test("the socket has an error listener, because some libraries throw without one", async () => {
  const { network } = await started();
  assert.equal(typeof network.socket.onerror, "function");
});

async function socketsAfterWakeUp(error, passTime) {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  const { network, timers } = await started();
  delete globalThis.addEventListener;
  network.answers[SESSIONS] = no(error, { retry_after: 20 });
  await network.socket.end(1006);
  await passTime(timers);
  page.dispatchEvent(new Event("pageshow"));
  await settled();
  return network.sockets.length;
}

test("a rate-limited client waits even when its page becomes visible", async () => {
  assert.equal(await socketsAfterWakeUp("rate_limited", (timers) => timers.advance(1_500)), 1);
  assert.equal(await socketsAfterWakeUp("unavailable", (timers) => timers.advance(1_500)), 2);
});

test("a returning page reconnects at once even if the clock was set back", async () => {
  assert.equal(await socketsAfterWakeUp("unavailable", (timers) => timers.set(-3_600_000)), 2);
});

test("a room is renamed, and its members are notified", async () => {
  const { client, network, of } = await online();
  network.answers["/im/rm/room/set_room_name"] = ok();
  await client.renameRoom("r", "Support");
  assert.equal(network.requests.at(-1), "POST /im/rm/room/set_room_name");
  await network.socket.receive({ message_type: 10007, event: "room_updated", room_id: "r", name: "Support" });
  assert.deepEqual(of("roomUpdated"), [{ roomId: "r", name: "Support" }]);
});
