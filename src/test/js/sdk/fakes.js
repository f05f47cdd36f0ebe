/** A client with fake time, network and storage. */

import assert from "node:assert/strict";
import { SimpleIM } from "../../../../webapp/sdk/simpleim.js";

/** Timers whose time only moves by {@link FakeTimers.advance}. */
export class FakeTimers {
  #now = 1_700_000_000_000;
  #tasks = new Map();
  #last = 0;
  /** The value of `random`. */
  chance = 0.5;

  now = () => this.#now;
  random = () => this.chance;
  clearTimeout = (timer) => this.#tasks.delete(timer);
  setTimeout = (task, millis) => {
    this.#tasks.set(++this.#last, { task, at: this.#now + millis });
    return this.#last;
  };

  /** Changes the clock without changing when timers are due. */
  set(millis) {
    this.#now += millis;
    this.#tasks.forEach((task) => (task.at += millis));
  }

  /** Advances time and runs the timers that are due. */
  async advance(millis) {
    const end = this.#now + millis;
    for (let due = this.#next(end); due; due = this.#next(end)) {
      const [timer, { task, at }] = due;
      this.#tasks.delete(timer);
      this.#now = at;
      task();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  #next(end) {
    return [...this.#tasks].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Resolves when all pending work that needs no timer is done. */
export async function settled() {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves when the condition is true; fails if that does not happen without timers. */
export async function until(condition) {
  for (let i = 0; i < 100 && !condition(); i++) {
    await settled();
  }
  assert.ok(condition());
}

/** Records sockets and requests, and answers HTTP calls. */
export class FakeNetwork {
  sockets = [];
  /** By path: the envelope, or a function of the query that returns it. An Error makes the call fail. */
  answers = { "/im/rm/room/get_room_list": ok([]), "/im/u/user/get_session_list": ok([]) };
  requests = [];

  WebSocket = (() => {
    const { sockets } = this;
    return class extends FakeSocket {
      constructor(...parameters) {
        super(...parameters);
        sockets.push(this);
      }
    };
  })();

  fetch = async (href, { method }) => {
    const url = new URL(href);
    this.requests.push(`${method} ${url.pathname}${url.search}`);
    const answer = this.answers[url.pathname];
    const envelope = typeof answer === "function" ? answer(Object.fromEntries(url.searchParams)) : answer;
    if (envelope instanceof Error) {
      throw envelope;
    }
    return new Response(JSON.stringify(envelope));
  };

  /** The newest connection. */
  get socket() {
    return this.sockets.at(-1);
  }
}

class FakeSocket {
  sent = [];
  isClosed = false;

  constructor(url, protocols) {
    this.url = url;
    this.token = protocols[1].slice("token.".length);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }

  // Actions of the server

  async open() {
    this.onopen();
    await settled();
  }

  async receive(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
    await settled();
  }

  async end(code) {
    this.isClosed = true;
    this.onclose({ code });
    await settled();
  }

  /** The frames of an operation that the client has sent. */
  asked(op) {
    return this.sent.filter((frame) => frame.op === op);
  }

  /** Answers the last frame of an operation. */
  async answer(op, envelope) {
    const { ref } = this.asked(op).at(-1);
    await this.receive({ op: "reply", ref, ...envelope });
  }

  /** Answers the last sync; by default nothing was missed. */
  async sync(rooms = []) {
    await this.answer("sync", ok({ rooms }));
  }
}

export function ok(data = {}) {
  return { code: 200, msg: "ok", data };
}

export function no(error, more = {}) {
  return { code: -1, msg: error, error, ...more };
}

export function stored(seq, roomId = "r") {
  return ok({ message_id: `m${seq}`, room_id: roomId, seq, created_at: 1_700_000_000 });
}

export function push(seq, { room = "r", from = "bob", text = String(seq) } = {}) {
  return {
    message_id: `m${seq}`,
    message_type: 1,
    message_data: text,
    room_id: room,
    room_type: 1,
    send_user_id: from,
    seq,
    created_at: 1_700_000_000,
  };
}

/** A room in the answer to a sync. */
export function syncedRoom(seqs, more = {}) {
  return {
    room_id: "r",
    room_type: 1,
    last_seq: seqs.at(-1) ?? 0,
    messages: seqs.map((seq) => push(seq)),
    complete: true,
    ...more,
  };
}

/** An item of the conversation list. */
export function listed(roomId, lastSeq, readSeq) {
  return { RoomId: roomId, RoomType: 2, LastSeq: lastSeq, ReadSeq: readSeq, Unread: lastSeq - readSeq };
}

export function token(userId, expire = 0, id = 1) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({})}.${part({ user_id: userId, login_expire: expire, jti: id })}.signature`;
}

export function memory() {
  const values = new Map();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}

/** Starts a client for Alice with its fakes. */
export async function started(options = {}) {
  const timers = options.timers ?? new FakeTimers();
  const network = options.network ?? new FakeNetwork();
  const asked = [];
  const getToken = options.getToken ?? (() => token("alice", 0, asked.length));
  const client = new SimpleIM({
    url: "https://chat.example/im",
    storage: memory(),
    timers,
    WebSocket: network.WebSocket,
    fetch: network.fetch,
    ...options,
    getToken: (reason) => {
      asked.push(reason);
      return getToken(reason);
    },
  });
  const events = [];
  for (const event of ["state", "message", "outgoing", "gap", "reset", "read", "push", "roomUpdated"]) {
    client.on(event, (detail) => events.push([event, detail]));
  }
  const of = (event) => events.filter(([name]) => name === event).map(([, detail]) => detail);
  const connected = client.connect();
  connected.catch(() => {});
  await settled();
  return { client, timers, network, asked, events, of, connected, seqs: () => of("message").map(({ seq }) => seq) };
}

/** Like {@link started}, and brings the client online. */
export async function online(options = {}) {
  const all = await started(options);
  await all.network.socket.open();
  await all.network.socket.sync();
  return all;
}
