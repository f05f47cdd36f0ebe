/** The SimpleIM client. simpleim.d.ts and README.md document its methods, events and guarantees. */

import { Api } from "./lib/api.js";
import { Backoff } from "./lib/backoff.js";
import { ConnectPromise } from "./lib/connect-promise.js";
import { Connector } from "./lib/connector.js";
import { Emitter } from "./lib/emitter.js";
import { ImError } from "./lib/errors.js";
import { Inbox } from "./lib/inbox.js";
import { completeOptions } from "./lib/options.js";
import { Outbox } from "./lib/outbox.js";
import { OutboxStore } from "./lib/outbox-store.js";
import { PageLifecycle } from "./lib/page-lifecycle.js";
import { Receipts } from "./lib/receipts.js";
import { Rest } from "./lib/rest.js";
import { Synchronizer } from "./lib/synchronizer.js";
import { Tabs } from "./lib/tabs.js";
import { Tokens } from "./lib/tokens.js";
import { TypingNotifier } from "./lib/typing-notifier.js";
import { messageFromAnswer } from "./lib/wire.js";

export { ImError };

const ACK_INTERVAL_MILLIS = 1_000;
const READ_INTERVAL_MILLIS = 200;
const DIRECT_ROOM = 1;

export class SimpleIM {
  #events = new Emitter();
  #tabs;
  #tokens;
  #api;
  #inbox;
  #outbox;
  #acks;
  #reads;
  #typing;
  #synchronizer;
  #connector;
  #connected = new ConnectPromise();
  #page;

  constructor(options) {
    const all = completeOptions(options);
    const { base, timers, answerTimeoutMillis } = all;
    const backoff = () => new Backoff(all.backoff, () => timers.random());
    this.#tabs = new Tabs(`simpleim:${base.href}:`);
    this.#tokens = new Tokens(all.getToken, timers, (userId) => this.#synchronizer.openStore(userId));
    this.#acks = new Receipts("ack", ACK_INTERVAL_MILLIS, timers);
    this.#reads = new Receipts("read", READ_INTERVAL_MILLIS, timers);
    this.#typing = new TypingNotifier(timers);
    this.#inbox = new Inbox(
      { events: this.#events, tokens: this.#tokens, acks: this.#acks, reads: this.#reads, autoAck: all.autoAck },
      () => this.#synchronizer.checkGaps(),
    );
    const rest = new Rest({ ...all, tokens: this.#tokens, timeoutMillis: answerTimeoutMillis });
    this.#api = new Api(rest, this.#tokens, (roomId) => this.#inbox.rooms.typeOf(roomId));
    const outboxStore = new OutboxStore();
    this.#outbox = new Outbox(
      { store: outboxStore, tab: this.#tabs.id, timers, backoff: backoff(), maxQueued: all.maxQueued },
      { changed: (outgoing) => this.#outgoingChanged(outgoing), toMessage: (entry, data) => this.#ownMessage(entry, data) },
    );
    this.#synchronizer = new Synchronizer({
      inbox: this.#inbox,
      outbox: this.#outbox,
      outboxStore,
      tabs: this.#tabs,
      tokens: this.#tokens,
      api: this.#api,
      notifiers: [this.#typing, this.#acks, this.#reads],
      options: all,
    });
    this.#connector = this.#createConnector(all, rest, backoff());
    this.#page = new PageLifecycle({ wake: () => this.#connector.wake(), leave: () => this.#synchronizer.save() });
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
    const promise = this.#connected.get();
    this.#tabs.enter();
    this.#page.start();
    this.#connector.start();
    return promise;
  }

  close() {
    this.#page.stop();
    this.#synchronizer.save();
    this.#connector.stop();
    this.#tabs.leave();
  }

  async logout() {
    const token = this.#tokens.cached;
    this.close();
    this.#synchronizer.clear();
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
    this.#typing.notify(roomId);
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
    return this.#api.changeRoom("set_room_name", { room_id: roomId, name });
  }

  enterRoom(roomId) {
    return this.#api.changeRoom("enter_room", { room_id: roomId });
  }

  inviteToRoom(roomId, userId) {
    return this.#api.changeRoom("invite_user_enter_room", { room_id: roomId, invite_user_id: userId });
  }

  leaveRoom(roomId) {
    return this.#api.changeRoom("exit_room", { room_id: roomId });
  }

  kickFromRoom(roomId, userId) {
    return this.#api.changeRoom("kick_out_room", { room_id: roomId, user_id: userId });
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

  #createConnector(options, rest, backoff) {
    const { base, answerTimeoutMillis: answerMillis } = options;
    return new Connector(
      { ...options, url: socketUrl(base), tokens: this.#tokens, rest, backoff, answerMillis },
      {
        changed: (detail) => this.#stateChanged(detail),
        opened: (link) => this.#synchronizer.attach(link),
        pushed: (push) => this.#inbox.receive(push),
        lost: () => this.#synchronizer.detach(),
      },
    );
  }

  #stateChanged(detail) {
    this.#connected.settle(detail);
    this.#events.emit("state", detail);
  }

  #ownMessage(entry, data) {
    const type = entry.toUserId === undefined ? this.#inbox.rooms.typeOf(data.room_id) : DIRECT_ROOM;
    return messageFromAnswer(entry, data, type, this.userId);
  }

  #outgoingChanged(outgoing) {
    this.#events.emit("outgoing", outgoing);
    if (outgoing.message) {
      this.#inbox.addMessage(outgoing.message);
    }
  }
}

/**
 * With `offline=none` the client fetches missed messages by its own cursors. The server's cursors are shared by all of the
 * user's devices.
 */
function socketUrl(base) {
  const url = new URL("u/user/connect?offline=none", base);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}
