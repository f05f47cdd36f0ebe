/** SimpleIM's client. What it promises, and each method and event: simpleim.d.ts, README.md. */

import { Api } from "./lib/api.js";
import { Backoff } from "./lib/backoff.js";
import { CatchUp } from "./lib/catch-up.js";
import { Connector } from "./lib/connector.js";
import { Cursors } from "./lib/cursors.js";
import { Emitter } from "./lib/emitter.js";
import { ImError } from "./lib/errors.js";
import { HoleWatch } from "./lib/hole-watch.js";
import { complete } from "./lib/options.js";
import { Outbox } from "./lib/outbox.js";
import { OutboxStore } from "./lib/outbox-store.js";
import { Receipts } from "./lib/receipts.js";
import { Rest } from "./lib/rest.js";
import { Rooms } from "./lib/rooms.js";
import { JsonStore } from "./lib/store.js";
import { Tabs } from "./lib/tabs.js";
import { Tokens } from "./lib/tokens.js";
import { WakeUps } from "./lib/wake-ups.js";
import { eventOfPush, isMessage, messageOfAnswer, messageOfPush } from "./lib/wire.js";

export { ImError };

const ACKS_EVERY_MILLIS = 1_000;
const READS_EVERY_MILLIS = 200;
const TYPING_EVERY_MILLIS = 3_000;

export class SimpleIM {
  #options;
  #events = new Emitter();
  #rooms = new Rooms((message) => this.#deliver(message));
  #outboxStore = new OutboxStore();
  #tabs;
  #tokens;
  #api;
  #connector;
  #outbox;
  #acks;
  #reads;
  #holes;
  #wakeUps;
  /** Of the user, once it is known. */
  #store = null;
  #cursors = null;
  #catchUp = null;
  #link = null;
  #firstOnline = null;
  #typedAt = new Map();

  constructor(options) {
    const all = complete(options);
    const { base, timers, answerTimeoutMillis } = all;
    const backoff = () => new Backoff(all.backoff, () => timers.random());
    this.#options = all;
    this.#tabs = new Tabs(`simpleim:${base.href}:`);
    this.#tokens = new Tokens(all.getToken, timers, (userId) => this.#known(userId));
    const rest = new Rest({ ...all, tokens: this.#tokens, timeoutMillis: answerTimeoutMillis });
    this.#api = new Api(rest, this.#tokens, (roomId) => this.#rooms.typeOf(roomId));
    this.#acks = new Receipts("ack", ACKS_EVERY_MILLIS, timers);
    this.#reads = new Receipts("read", READS_EVERY_MILLIS, timers);
    this.#outbox = new Outbox(
      { store: this.#outboxStore, tab: this.#tabs.id, timers, backoff: backoff(), most: all.maxQueued },
      { changed: (outgoing) => this.#sent(outgoing), stored: (entry, data) => this.#ownMessage(entry, data) },
    );
    this.#holes = new HoleWatch({ rooms: this.#rooms, outbox: this.#outbox, timers }, (link) => this.#catchUp.run(link));
    this.#connector = new Connector(
      { ...all, url: socketUrl(base), tokens: this.#tokens, rest, backoff: backoff(), answerMillis: answerTimeoutMillis },
      {
        changed: (detail) => this.#changed(detail),
        opened: (link) => this.#opened(link),
        pushed: (push) => this.#pushed(push),
        lost: () => this.#lost(),
      },
    );
    this.#wakeUps = new WakeUps({ wake: () => this.#connector.wake(), leave: () => this.#save() });
  }

  get state() {
    return this.#connector.state;
  }

  get userId() {
    return this.#tokens.userId;
  }

  connect() {
    if (this.state === "online") {
      return Promise.resolve();
    }
    if (this.#firstOnline === null) {
      this.#firstOnline = {};
      this.#firstOnline.promise = new Promise((resolve, reject) => Object.assign(this.#firstOnline, { resolve, reject }));
      // Who does not look at the promise is told by the event.
      this.#firstOnline.promise.catch(() => {});
    }
    const { promise } = this.#firstOnline;
    this.#tabs.enter();
    this.#wakeUps.start();
    this.#connector.start();
    return promise;
  }

  close() {
    this.#wakeUps.stop();
    this.#save();
    this.#connector.stop();
    this.#tabs.leave();
  }

  async logout() {
    const token = this.#tokens.held;
    this.close();
    this.#outbox.clear();
    this.#cursors?.clear();
    this.#rooms.clear();
    this.#acks.clear();
    this.#reads.clear();
    this.#catchUp = this.#cursors = null;
    this.#tokens.forget();
    if (token !== null) {
      await this.#api.endSession(token);
    }
  }

  on(event, listener) {
    return this.#events.on(event, listener);
  }

  sendToUser(userId, text, options) {
    return this.#outbox.send({ toUserId: userId }, text, options);
  }

  sendToRoom(roomId, text, options) {
    return this.#outbox.send({ roomId }, text, options);
  }

  outbox() {
    return this.#outbox.list();
  }

  resend(clientMsgId) {
    return this.#outbox.resend(clientMsgId);
  }

  discard(clientMsgId) {
    this.#outbox.discard(clientMsgId);
  }

  ack(roomId, seq) {
    this.#acks.note(roomId, seq);
  }

  markRead(roomId, seq) {
    this.#reads.note(roomId, seq);
  }

  typing(roomId) {
    const now = this.#options.timers.now();
    // A clock that was set back has not stopped.
    if (this.#link !== null && Math.abs(now - (this.#typedAt.get(roomId) ?? -Infinity)) >= TYPING_EVERY_MILLIS) {
      this.#typedAt.set(roomId, now);
      // Whether anybody hears it does not matter.
      this.#link.request({ op: "typing", room_id: roomId }).catch(() => {});
    }
  }

  conversations(options) {
    return this.#api.conversations(options);
  }

  history(roomId, options) {
    return this.#api.history(roomId, options);
  }

  historyPage(roomId, options) {
    return this.#api.historyPage(roomId, options);
  }

  createRoom(options) {
    return this.#api.createRoom(options);
  }

  renameRoom(roomId, name) {
    return this.#api.change("set_room_name", { room_id: roomId, name });
  }

  enterRoom(roomId) {
    return this.#api.change("enter_room", { room_id: roomId });
  }

  inviteToRoom(roomId, userId) {
    return this.#api.change("invite_user_enter_room", { room_id: roomId, invite_user_id: userId });
  }

  leaveRoom(roomId) {
    return this.#api.change("exit_room", { room_id: roomId });
  }

  kickFromRoom(roomId, userId) {
    return this.#api.change("kick_out_room", { room_id: roomId, user_id: userId });
  }

  members(roomId, options) {
    return this.#api.members(roomId, options);
  }

  sessions() {
    return this.#api.sessions();
  }

  endSessions(sessionId) {
    return this.#api.endSessions(sessionId);
  }

  call(method, path, parameters) {
    return this.#api.call(method, path, parameters);
  }

  /** The first token has come: what was kept of its user counts. */
  #known(userId) {
    this.#store = new JsonStore(this.#options.storage, `simpleim:${this.#options.base.href}:${userId}:`);
    this.#outboxStore.open(this.#store);
    this.#adopt();
  }

  async #adopt() {
    this.#outbox.adopt(await this.#tabs.alive());
  }

  #prepare() {
    this.#cursors ??= new Cursors(this.#store, this.#options.timers);
    this.#catchUp ??= new CatchUp({
      rooms: this.#rooms,
      cursors: this.#cursors,
      api: this.#api,
      tokens: this.#tokens,
      raise: (event, detail) => this.#raise(event, detail),
      options: this.#options,
    });
    // Held since the connection before.
    this.#rooms.dropHeld();
  }

  async #opened(link) {
    this.#prepare();
    this.#link = link;
    this.#acks.attach(link);
    this.#reads.attach(link);
    const caughtUp = this.#catchUp.run(link);
    this.#outbox.attach(link);
    this.#adopt();
    await caughtUp;
    this.#holes.attach(link);
  }

  #lost() {
    this.#link = null;
    this.#holes.detach();
    this.#outbox.detach();
    this.#acks.detach();
    this.#reads.detach();
  }

  #changed(detail) {
    const first = this.#firstOnline;
    if (detail.state === "online") {
      this.#firstOnline = null;
      first?.resolve();
    } else if (detail.state === "stopped" || detail.state === "idle") {
      this.#firstOnline = null;
      first?.reject(detail.error ?? new ImError("closed", "closed before it was online"));
    }
    this.#events.emit("state", detail);
  }

  #pushed(push) {
    if (isMessage(push)) {
      this.#offer(messageOfPush(push, this.userId));
      return;
    }
    const [event, detail] = eventOfPush(push);
    if (event === "gap") {
      this.#skip(detail);
    } else {
      this.#raise(event, detail);
    }
  }

  #raise(event, detail) {
    const isOver = event === "roomDismissed" || (event === "memberLeft" && detail.userId === this.userId);
    if (isOver) {
      this.#rooms.forget(detail.roomId);
      this.#cursors?.forget(detail.roomId);
    }
    if (isOver || event === "reset") {
      this.#acks.forget(detail.roomId);
      this.#reads.forget(detail.roomId);
    }
    this.#events.emit(event, detail);
  }

  /** The server leaves something to the history, unasked. */
  #skip(gap) {
    const room = this.#rooms.get(gap.roomId);
    if (room.after === undefined || room.after < gap.beforeSeq - 1) {
      room.after ??= gap.afterSeq;
      this.#raise("gap", gap);
      room.skipTo(gap.beforeSeq - 1);
    }
  }

  #offer(message) {
    const room = this.#rooms.get(message.roomId);
    room.type = message.roomType || room.type;
    room.offer(message);
    if (room.isMissing) {
      this.#holes.look();
    }
  }

  /** In its turn. */
  #deliver(message) {
    this.#cursors?.grow(message.roomId, message.seq);
    this.#events.emit("message", message);
    if (this.#options.autoAck && !message.own) {
      this.#acks.note(message.roomId, message.seq);
    }
  }

  #ownMessage(entry, data) {
    const type = entry.toUserId === undefined ? this.#rooms.typeOf(data.room_id) : 1;
    return messageOfAnswer(entry, data, type, this.userId);
  }

  #sent(outgoing) {
    this.#events.emit("outgoing", outgoing);
    if (outgoing.message) {
      this.#offer(outgoing.message);
    }
  }

  #save() {
    this.#cursors?.save();
    this.#outboxStore.save();
  }
}

/** What was missed is asked for, by what this client holds, and not pushed by what some other of the user's holds. */
function socketUrl(base) {
  const url = new URL("u/user/connect?offline=none", base);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}
