import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../../../webapp/sdk/lib/backoff.js";
import { SimpleIM } from "../../../../webapp/sdk/simpleim.js";
import { FakeNetwork, listed, no, ok, online, push, settled, started, token } from "./fakes.js";

const SESSIONS = "/im/u/user/get_session_list";

test("waits a random part of a time that doubles with each failure, up to the longest", () => {
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

test("connects below the server's address, with the token as a subprotocol, and asks itself for what was missed", async () => {
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
  test(`comes back soon after ${code}`, async () => {
    const { network, client, timers } = await online();
    await network.socket.end(code);
    assert.equal(client.state, "waiting");
    await timers.advance(500);
    assert.equal(network.sockets.length, 2);
  });
}

for (const code of [1008, 4029]) {
  test(`waits long after ${code}, whatever the browser says of the network`, async () => {
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

test("tries again at once when the network is back", async () => {
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

test("a connection that does not last does not make the client forget that it has failed before", async () => {
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

test("asks for a new token at once when the last one has run out, and says why", async () => {
  let expire = 1_700_000_001;
  const { network, timers, asked } = await online({ getToken: () => token("alice", expire) });
  expire = 1_800_000_000;
  await timers.advance(2_000);
  await network.socket.end(4003);
  assert.deepEqual(asked, ["start", "expired"]);
  assert.equal(network.socket.token, token("alice", expire));
});

test("tokens that are refused one after the other are not asked for without a pause", async () => {
  const { network, asked, client, timers } = await online();
  await network.socket.end(4001);
  await network.socket.end(4001);
  assert.equal(client.state, "waiting");
  assert.deepEqual(asked, ["start", "ended"]);
  await timers.advance(500);
  assert.deepEqual(asked, ["start", "ended", "ended"]);
});

test("the token that the server does not take is not shown to it again", async () => {
  const { network, client, of } = await online({ getToken: () => token("alice") });
  await network.socket.end(4001);
  assert.equal(network.sockets.length, 1);
  assert.equal(client.state, "waiting");
  assert.match(of("state").at(-1).error.message, /again/);
});

test("stops where there is no token, and tells who waits for the connection", async () => {
  const { client, connected } = await started({ getToken: () => null });
  assert.equal(client.state, "stopped");
  await assert.rejects(connected, { code: "no_token" });
});

test("once there is no token none is asked for, by a call that comes late for one, until it is to connect again", async () => {
  let has = true;
  let id = 0;
  const { client, network, asked } = await online({ getToken: () => (has ? token("alice", 0, id++) : null) });
  has = false;
  await network.socket.end(4001);
  assert.equal(client.state, "stopped");
  await assert.rejects(client.conversations(), { code: "no_token" });
  assert.deepEqual(asked, ["start", "ended"]);
  has = true;
  client.connect();
  await settled();
  assert.equal(network.sockets.length, 2);
});

test("stops rather than send in another user's name", async () => {
  const users = ["alice", "mallory"];
  const { network, client, of } = await online({ getToken: () => token(users.shift()) });
  await network.socket.end(4001);
  assert.equal(client.state, "stopped");
  assert.equal(of("state").at(-1).error.code, "other_user");
});

test("a back end that cannot be reached is asked again", async () => {
  let tries = 0;
  const getToken = async () => {
    tries++;
    if (tries < 3) {
      throw new Error("502");
    }
    return token("alice");
  };
  const { network, client, timers } = await started({ getToken });
  assert.equal(client.state, "waiting");
  await timers.advance(2_000);
  assert.equal(tries, 3);
  assert.equal(network.sockets.length, 1);
});

test("a refused handshake is looked into: the token is good, so it is not the token", async () => {
  const { network, asked, client } = await started();
  await network.socket.end(1006);
  assert.equal(client.state, "waiting");
  assert.deepEqual(network.requests, [`GET ${SESSIONS}`]);
  assert.deepEqual(asked, ["start"]);
});

test("a refused handshake is looked into: nobody answers, so it is not the token", async () => {
  const { network, asked, client } = await started();
  network.answers[SESSIONS] = new TypeError("Failed to fetch");
  await network.socket.end(1006);
  assert.equal(client.state, "waiting");
  assert.deepEqual(asked, ["start"]);
});

test("a refused handshake is looked into: the session has ended, so another token is needed", async () => {
  const { network, asked } = await started();
  network.answers[SESSIONS] = no("token_expired");
  await network.socket.end(1006);
  assert.deepEqual(asked, ["start", "ended"]);
  assert.equal(network.sockets.length, 2);
});

test("a refused handshake is looked into: the user is banned, so there is nothing to wait for", async () => {
  const { network, client, connected } = await started();
  network.answers[SESSIONS] = no("user_banned");
  await network.socket.end(1006);
  assert.equal(client.state, "stopped");
  await assert.rejects(connected, { code: "user_banned" });
});

test("a refused handshake is looked into: the server says how long it is full", async () => {
  const { network, of, timers } = await started();
  network.answers[SESSIONS] = no("unavailable", { retry_after: 5 });
  await network.socket.end(1006);
  assert.ok(of("state").at(-1).retryAt - timers.now() >= 5_000);
});

test("a silent connection is asked whether it is alive, and given up if it is not", async () => {
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

test("a handshake that nobody answers is given up", async () => {
  const { network, timers } = await started();
  await timers.advance(16_000);
  assert.equal(network.sockets[0].isClosed, true);
  assert.equal(network.sockets.length, 2);
});

test("what a connection says after it was given up is not heard", async () => {
  const { network, client, seqs } = await online();
  const { onmessage, onclose } = network.socket;
  client.close();
  onmessage({ data: JSON.stringify(push(1)) });
  onclose({ code: 4001 });
  await settled();
  assert.equal(client.state, "idle");
  assert.deepEqual(seqs(), []);
});

test("closed while a token is being fetched, it does not connect", async () => {
  let give;
  const { network, client, connected } = await started({ getToken: () => new Promise((resolve) => (give = resolve)) });
  client.close();
  give(token("alice"));
  await settled();
  assert.equal(network.sockets.length, 0);
  await assert.rejects(connected, { code: "closed" });
});

test("what one listener throws is reported, and keeps nothing from the others", async () => {
  const { network, client } = await online();
  const heard = [];
  const reported = [];
  client.on("message", () => {
    throw new Error("of the application");
  });
  const off = client.on("message", ({ seq }) => heard.push(seq));
  const original = console.error;
  console.error = (error) => reported.push(error.message);
  await network.socket.receive(push(1));
  off();
  await network.socket.receive(push(2));
  console.error = original;
  assert.deepEqual(heard, [1]);
  assert.deepEqual(reported, ["of the application", "of the application"]);
});

test("asks for a token as the server says why, whatever the clock of the device says", async () => {
  const after = async (code, expire) => {
    let id = 0;
    const { network, asked } = await online({ getToken: () => token("alice", expire, id++) });
    await network.socket.end(code);
    return asked;
  };
  assert.deepEqual(await after(4003, 1_800_000_000), ["start", "expired"]);
  assert.deepEqual(await after(4001, 1_600_000_000), ["start", "ended"]);
});

test("logged out while a token is being fetched, it is not the next user's", async () => {
  const answers = [];
  const { network, client } = await started({ getToken: () => new Promise((resolve) => answers.push(resolve)) });
  await client.logout();
  client.connect();
  await settled();
  answers[0](token("alice"));
  await settled();
  assert.equal(client.userId, null);
  answers[1](token("bob"));
  await settled();
  assert.equal(client.userId, "bob");
  assert.deepEqual(network.sockets.map((socket) => socket.token), [token("bob")]);
});

test("a call that logging out has overtaken asks for no token", async () => {
  const network = new FakeNetwork();
  let answer;
  network.answers["/im/u/user/login_out"] = ok();
  const { client, asked } = await online({
    network,
    fetch: async (href, request) => {
      if (href.includes("get_room_member_list")) {
        await new Promise((resolve) => (answer = resolve));
        return new Response(JSON.stringify(no("token_expired")));
      }
      return network.fetch(href, request);
    },
  });
  const members = client.members("r");
  await settled();
  await client.logout();
  answer();
  await assert.rejects(members, { code: "token_expired" });
  assert.deepEqual(asked, ["start"]);
});

test("logged out while it catches up, it asks for nothing more", async () => {
  const network = new FakeNetwork();
  let answer;
  network.answers["/im/u/user/login_out"] = ok();
  const full = Array.from({ length: 100 }, (_, i) => listed(`${i}`, 1, 0));
  const { client, asked } = await started({
    network,
    fetch: async (href, request) => {
      if (href.includes("get_room_list")) {
        await new Promise((resolve) => (answer = resolve));
        return new Response(JSON.stringify(ok(full)));
      }
      return network.fetch(href, request);
    },
  });
  await network.socket.open();
  await client.logout();
  answer();
  await settled();
  assert.deepEqual(asked, ["start"]);
  assert.equal(client.userId, null);
});

test("the address of the server is not left out unnoticed", () => {
  assert.throws(() => new SimpleIM({ getToken: () => "" }), /url is missing/);
});

test("that a connection failed is heard once: nothing is thrown by a library that reports errors too", async () => {
  const { network } = await started();
  assert.equal(typeof network.socket.onerror, "function");
});

async function wokenAfterARefusal(error, time) {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  const { network, timers } = await started();
  delete globalThis.addEventListener;
  network.answers[SESSIONS] = no(error, { retry_after: 20 });
  await network.socket.end(1006);
  await time(timers);
  page.dispatchEvent(new Event("pageshow"));
  await settled();
  return network.sockets.length;
}

test("a client that connects too much waits as it is told, also when its page comes back", async () => {
  assert.equal(await wokenAfterARefusal("rate_limited", (timers) => timers.advance(1_500)), 1);
  assert.equal(await wokenAfterARefusal("unavailable", (timers) => timers.advance(1_500)), 2);
});

test("a page that comes back tries at once, also by a clock that was set back", async () => {
  assert.equal(await wokenAfterARefusal("unavailable", (timers) => timers.set(-3_600_000)), 2);
});

test("a room is given another name, and the members are told", async () => {
  const { client, network, of } = await online();
  network.answers["/im/rm/room/set_room_name"] = ok();
  await client.renameRoom("r", "Support");
  assert.equal(network.requests.at(-1), "POST /im/rm/room/set_room_name");
  await network.socket.receive({ message_type: 10007, event: "room_updated", room_id: "r", name: "Support" });
  assert.deepEqual(of("roomUpdated"), [{ roomId: "r", name: "Support" }]);
});
