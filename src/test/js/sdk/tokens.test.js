import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeNetwork, listed, no, ok, online, settled, started, token } from "./fakes.js";

test("requests a new token at once when the last one has expired, and gives the reason", async () => {
  let expire = 1_700_000_001;
  const { network, timers, asked } = await online({ getToken: () => token("alice", expire) });
  expire = 1_800_000_000;
  await timers.advance(2_000);
  await network.socket.end(4003);
  assert.deepEqual(asked, ["start", "expired"]);
  assert.equal(network.socket.token, token("alice", expire));
});

test("after two refused tokens in a row it pauses before it requests another", async () => {
  const { network, asked, client, timers } = await online();
  await network.socket.end(4001);
  await network.socket.end(4001);
  assert.equal(client.state, "waiting");
  assert.deepEqual(asked, ["start", "ended"]);
  await timers.advance(500);
  assert.deepEqual(asked, ["start", "ended", "ended"]);
});

test("a refused token is not used again", async () => {
  const { network, client, of } = await online({ getToken: () => token("alice") });
  await network.socket.end(4001);
  assert.equal(network.sockets.length, 1);
  assert.equal(client.state, "waiting");
  assert.match(of("state").at(-1).error.message, /again/);
});

test("stops without a token, and rejects the promise of connect", async () => {
  const { client, connected } = await started({ getToken: () => null });
  assert.equal(client.state, "stopped");
  await assert.rejects(connected, { code: "no_token" });
});

test("after getToken has returned none, later calls do not request one before the next connect", async () => {
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

test("stops if the new token belongs to another user", async () => {
  const users = ["alice", "mallory"];
  const { network, client, of } = await online({ getToken: () => token(users.shift()) });
  await network.socket.end(4001);
  assert.equal(client.state, "stopped");
  assert.equal(of("state").at(-1).error.code, "other_user");
});

test("an unreachable back end is asked again", async () => {
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

test("does not connect if closed while a token is requested", async () => {
  let give;
  const { network, client, connected } = await started({ getToken: () => new Promise((resolve) => (give = resolve)) });
  client.close();
  give(token("alice"));
  await settled();
  assert.equal(network.sockets.length, 0);
  await assert.rejects(connected, { code: "closed" });
});

test("the close code decides the token reason, not the device's clock", async () => {
  const after = async (code, expire) => {
    let id = 0;
    const { network, asked } = await online({ getToken: () => token("alice", expire, id++) });
    await network.socket.end(code);
    return asked;
  };
  assert.deepEqual(await after(4003, 1_800_000_000), ["start", "expired"]);
  assert.deepEqual(await after(4001, 1_600_000_000), ["start", "ended"]);
});

test("a token that arrives after logout is not used for the next user", async () => {
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

test("a call that is overtaken by logout requests no token", async () => {
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

test("logout during catch-up ends all requests", async () => {
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
