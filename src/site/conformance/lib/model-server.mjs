import { Rooms } from "./rooms.mjs";
import { refuse, WebSocketConnection } from "./web-socket.mjs";

const SENDS = new Set(["single_message", "room_message"]);

/**
 * The server that a vector's client connects to. It answers sync, ack, read, typing, ping and HTTP calls by itself; frames
 * that send a message are answered by the script.
 */
export class ModelServer {
  rooms;
  /** All frames of the client, oldest first: `{frame, connection, isTaken}`. The script takes the frames it expects. */
  frames = [];
  /** Number of connections so far. */
  connections = 0;
  /** Number of token requests so far. */
  tokensAsked = 0;
  hasTokens = true;
  /** If set, every handshake is refused with this: `{status, envelope}`. */
  refusal = null;
  /** Errors of the client that are wrong in every vector. */
  faults = [];

  #userId;
  #changed;
  #connection = null;
  #goodTokens = new Set();
  #heldSyncs = null;

  /** @param {() => void} changed called whenever the client has done something */
  constructor(userId, changed) {
    this.#userId = userId;
    this.#changed = changed;
    this.rooms = new Rooms(userId);
  }

  get isConnected() {
    return this.#connection !== null;
  }

  /** @returns a valid token, or null if the user gets none */
  newToken() {
    this.tokensAsked++;
    this.#changed();
    if (!this.hasTokens) {
      return null;
    }
    const token = ["header", { user_id: this.#userId, login_expire: 0, jti: String(this.tokensAsked) }, "signature"]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    this.#goodTokens.add(token);
    return token;
  }

  endTokens() {
    this.#goodTokens.clear();
  }

  push(frame) {
    this.#connection?.send(JSON.stringify(frame));
  }

  close(code) {
    const connection = this.#connection;
    this.#connection = null;
    connection?.close(code);
  }

  cut() {
    const connection = this.#connection;
    this.#connection = null;
    connection?.cut();
  }

  holdSyncs() {
    this.#heldSyncs = [];
  }

  releaseSyncs() {
    const held = this.#heldSyncs ?? [];
    this.#heldSyncs = null;
    held.forEach((answer) => answer());
  }

  upgrade(request, socket, head) {
    const url = new URL(request.url, "http://any");
    const refusal = this.refusal ?? this.#refusalOf(tokenOf(request, url), url);
    if (refusal) {
      refuse(socket, refusal.status, refusal.envelope);
      return;
    }
    const connection = new WebSocketConnection(request, socket, head, {
      received: (text) => this.#received(connection, text),
      closed: () => this.#gone(connection),
    });
    this.#connection = connection;
    this.connections++;
    if (url.searchParams.get("offline") !== "none") {
      this.rooms.notAcked().forEach((push) => connection.send(JSON.stringify(push)));
    }
    this.#changed();
  }

  /** @returns the envelope of an HTTP call */
  call(path, token, parameters) {
    if (!this.#goodTokens.has(token)) {
      return { code: -1, msg: "token已失效", error: "token_expired" };
    }
    const calls = {
      "/rm/room/get_room_list": () => this.rooms.list(parameters),
      "/rm/room/get_room_message_list": () => this.rooms.history(parameters),
      "/u/user/get_session_list": () => [{ session_id: "1", created_at: 1_700_000_000, expires_at: 0, current: true }],
      "/u/user/login_out": () => ({}),
    };
    return calls[path]
      ? { code: 200, msg: "获取成功", data: calls[path]() }
      : { code: -1, msg: "接口不存在", error: "not_found" };
  }

  answer(entry, envelope) {
    const ref = entry.frame.ref === undefined ? {} : { ref: entry.frame.ref };
    entry.connection.send(JSON.stringify({ op: "reply", ...ref, ...envelope }));
  }

  #refusalOf(token, url) {
    if (url.pathname !== "/u/user/connect") {
      return { status: 404, envelope: { code: -1, msg: "接口不存在", error: "not_found" } };
    }
    return this.#goodTokens.has(token)
      ? null
      : { status: 401, envelope: { code: -1, msg: "token已失效", error: "token_expired" } };
  }

  #received(connection, text) {
    if (connection !== this.#connection) {
      return;
    }
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.faults.push(`the client sent invalid JSON: ${text.slice(0, 80)}`);
      return;
    }
    const entry = { frame, connection, isTaken: false };
    this.frames.push(entry);
    if (!SENDS.has(frame.op)) {
      this.#answerByItself(entry);
    }
    this.#changed();
  }

  #answerByItself(entry) {
    const { op, room_id: roomId, seq, rooms: held, limit } = entry.frame;
    const done = (msg, data = {}) => this.answer(entry, { code: 200, msg, data });
    if (op === "ping") {
      const ref = entry.frame.ref === undefined ? {} : { ref: entry.frame.ref };
      entry.connection.send(JSON.stringify({ op: "pong", ...ref }));
    } else if (op === "sync") {
      const answer = () => done("同步成功", this.rooms.sync(held, limit));
      this.#heldSyncs?.push(answer) ?? answer();
    } else if (op === "ack" || op === "read") {
      this.rooms[op](roomId, seq);
      done(op === "ack" ? "已确认" : "已标为已读");
    } else if (op === "typing") {
      done("已告知");
    } else {
      this.faults.push(`the client sent an unknown op: ${op}`);
      this.answer(entry, { code: -1, msg: "未知操作", error: "unknown_op" });
    }
  }

  #gone(connection) {
    if (connection === this.#connection) {
      this.#connection = null;
    }
    this.#changed();
  }
}

function tokenOf({ headers }, url) {
  const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((one) => one.trim());
  const protocol = offered.find((one) => one.startsWith("token."))?.slice("token.".length);
  const bearer = headers.authorization?.replace(/^Bearer /, "");
  return headers.token ?? bearer ?? protocol ?? url.searchParams.get("token");
}
