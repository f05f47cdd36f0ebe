import { Emitter } from "../emitter.js";
import { Conversations, chatKey } from "./conversations.js";
import { HistoryLoader } from "./history-loader.js";
import { ListLoader } from "./list-loader.js";
import { Membership } from "./membership.js";
import { Outgoing } from "./outgoing.js";
import { Room } from "./room.js";

const TYPING_MILLIS = 5_000;

/**
 * What a user sees of its conversations, kept up to date by the SDK's events; knows nothing of the page.
 *
 * Events: `state`; `list` (the conversation list has changed); `room` (a key: what is known of that conversation has
 * changed); `open` (another conversation, or none, is open); `renamed` (a chat has got its room: `from` and `to`);
 * `heard` (a message of somebody else has come in); `error` (something that was asked for did not work).
 */
export class Chat extends Emitter {
  conversations = new Conversations();
  /** The last `state` event. */
  connection = { state: "idle" };
  /** The key of the open conversation, or null. */
  openKey = null;
  #client;
  #rooms = new Map();
  #outgoing;
  #list;
  #history;

  /** @param client a `SimpleIM` that has not been connected yet */
  constructor(client, userId) {
    super();
    this.#client = client;
    this.userId = userId;
    this.#outgoing = new Outgoing(client, this.conversations);
    this.#history = new HistoryLoader(client, (key) => this.emit("room", key));
    this.#list = new ListLoader(client, this.conversations, {
      isOnline: () => this.connection.state === "online",
      loaded: (items) => items.filter((item) => item.roomType === 1).forEach((item) => this.#adopt(item)),
      gone: (key) => this.#gone(key, "left"),
      changed: () => this.told(this.openKey),
      failed: (error) => this.emit("error", error),
    });
    this.#listen(client);
    new Membership(this, client, { refresh: () => this.#list.refreshSoon(), gone: (...how) => this.#gone(...how) });
  }

  #listen(client) {
    client.on("state", (event) => this.#stateChanged(event));
    client.on("message", (message) => this.#take(message));
    client.on("outgoing", (outgoing) => this.#sent(outgoing));
    client.on("read", (event) => this.#read(event));
    client.on("typing", (event) => this.#typing(event));
    client.on("gap", () => this.#list.refreshSoon());
    client.on("reset", ({ roomId }) => this.#reset(roomId));
  }

  start() {
    this.#client.outbox().forEach((outgoing) => this.#sent(outgoing));
    this.connect();
  }

  /** Now, and not only when the SDK would try again. */
  connect() {
    if (this.connection.state === "waiting") {
      this.#client.close();
    }
    // Why it cannot is told by the state.
    this.#client.connect().catch(() => {});
  }

  async signOut() {
    this.#list.stop();
    await this.#client.logout();
  }

  // The list

  get hasAll() {
    return this.#list.hasAll;
  }

  listMore() {
    return this.#list.more();
  }

  find(key) {
    return this.#list.find(key);
  }

  /** @returns the key of the chat with that user; it has no room before its first message */
  async chatWith(userId) {
    // Without a connection one can still write: it is the same room on the server.
    const search = () => this.find(chatKey(userId)).catch(() => undefined);
    const entry = this.conversations.withPeer(userId) ?? (await search()) ?? this.conversations.addChat(userId);
    this.emit("list");
    return entry.key;
  }

  // The open conversation

  /** @param key of a conversation, or null: none */
  open(key) {
    if (key === this.openKey) {
      return;
    }
    const before = this.#rooms.get(this.openKey);
    before?.trim();
    if (before?.ended) {
      this.#rooms.delete(before.key);
    }
    this.openKey = key;
    this.emit("open", key);
    this.emit("list");
    if (key !== null) {
      this.#prepare(this.room(key));
    }
  }

  /** What is known of a conversation. */
  room(key) {
    if (!this.#rooms.has(key)) {
      const room = new Room(key);
      // A chat that has no room yet has no history either.
      room.isLoaded = key.startsWith("user:");
      this.#rooms.set(key, room);
    }
    return this.#rooms.get(key);
  }

  /** What a conversation's rows show. */
  items(key) {
    return this.room(key).items(this.#outgoing.of(key));
  }

  /** What the user has written last in a conversation, if it is not stored yet. */
  lastUnsent(key) {
    return this.#outgoing.of(key).at(-1);
  }

  loadOlder(key) {
    return this.#history.older(this.room(key));
  }

  #prepare(room) {
    if (!room.isLoaded) {
      this.#history.older(room);
    }
    if (!room.key.startsWith("user:")) {
      this.members(room.key)
        .then(() => this.emit("room", room.key))
        // Then nobody is shown who has read what.
        .catch(() => {});
    }
  }

  /** All up to a number has been seen. */
  markRead(key, seq) {
    const entry = this.conversations.get(key);
    if (entry?.roomId && seq > entry.readSeq) {
      this.#client.markRead(entry.roomId, seq);
      this.conversations.readUpTo(key, seq);
      this.emit("list");
    }
  }

  isTyping(key) {
    const { roomId } = this.conversations.get(key) ?? {};
    if (roomId) {
      this.#client.typing(roomId);
    }
  }

  // Sending

  get hasUnsent() {
    return this.#outgoing.isAny;
  }

  send(key, text) {
    this.#outgoing.send(this.conversations.get(key), text).catch((error) => this.#notEvenQueued(error));
  }

  resend(clientMsgId) {
    this.#outgoing.resend(clientMsgId).catch((error) => this.#notEvenQueued(error));
  }

  discard(clientMsgId) {
    this.told(this.#outgoing.discard(clientMsgId));
  }

  /** What becomes of a message is told by the event `outgoing`; what never got so far is not. */
  #notEvenQueued(error) {
    if (error.code === "queue_full") {
      this.emit("error", error);
    }
  }

  // Rooms

  /** @returns the room's id */
  async createRoom(name) {
    const roomId = await this.#client.createRoom(name ? { name } : {});
    await this.#list.refresh();
    return roomId;
  }

  async enterRoom(roomId) {
    await this.#client.enterRoom(roomId);
    this.room(roomId).ended = null;
    await this.#list.refresh();
  }

  invite(roomId, userId) {
    return this.#client.inviteToRoom(roomId, userId);
  }

  kick(roomId, userId) {
    return this.#client.kickFromRoom(roomId, userId);
  }

  async leave(roomId) {
    await this.#client.leaveRoom(roomId);
    this.#gone(roomId, "left");
  }

  /** A page of 100 members; it also says who has read what. */
  async members(roomId, page = 1) {
    const members = await this.#client.members(roomId, { page, pageSize: 100 });
    members.forEach((member) => this.room(roomId).readBy(member.userId, member.readSeq));
    return members;
  }

  // What happens

  /** Something about a conversation has changed. */
  told(key) {
    if (key !== null) {
      this.emit("room", key);
    }
    this.emit("list");
  }

  #stateChanged(event) {
    const wasOnline = this.connection.state === "online";
    this.connection = event;
    this.emit("state", event);
    if (event.state === "online" && !wasOnline) {
      this.#list.refresh().catch((error) => this.emit("error", error));
      this.#loadOpen();
    }
  }

  #loadOpen() {
    const room = this.#rooms.get(this.openKey);
    if (room && room.ended === null) {
      this.#prepare(room);
      if (room.hasFailed) {
        this.#history.older(room);
      }
    }
  }

  /** A stored message; the same one may come twice: as an answer and as an event. */
  #take(message) {
    const { roomId, senderId, seq } = message;
    const isNew = seq > (this.conversations.get(roomId)?.lastSeq ?? 0);
    this.#outgoing.arrived(message);
    if (!this.conversations.saw(message)) {
      this.#list.refreshSoon();
    }
    const room = this.room(roomId);
    room.readBy(senderId, seq);
    this.#stopsTyping(room, senderId);
    if (!room.add(message)) {
      this.#history.fillHole(room);
    }
    if (roomId !== this.openKey) {
      room.trim();
    }
    this.told(roomId);
    if (isNew && !message.own && this.connection.state === "online") {
      this.emit("heard", message);
    }
  }

  #sent(outgoing) {
    if (outgoing.status === "stored") {
      this.#gotRoom(outgoing.toUserId, outgoing.message);
      this.#take({ ...outgoing.message, clientMsgId: outgoing.clientMsgId });
    } else {
      this.told(this.#outgoing.changed(outgoing));
    }
  }

  /** The first message to a user is stored, and says which room that is. */
  #gotRoom(userId, { roomId, seq }) {
    if (!userId || this.conversations.get(roomId)) {
      return;
    }
    const entry = this.conversations.addChat(userId, roomId);
    if (seq === 1) {
      this.room(roomId).startWith([]);
    }
    this.#adopt(entry);
  }

  /** A chat has got its room. */
  #adopt(item) {
    const key = chatKey(item.peerUserId);
    if (!this.conversations.get(key)) {
      return;
    }
    this.conversations.remove(key);
    this.#rooms.delete(key);
    this.emit("renamed", { from: key, to: item.roomId });
    if (this.openKey === key) {
      this.open(item.roomId);
    }
  }

  #read({ roomId, userId, seq }) {
    if (userId === this.userId) {
      this.conversations.readUpTo(roomId, seq);
    }
    this.room(roomId).readBy(userId, seq);
    this.told(roomId);
  }

  #typing({ roomId, userId }) {
    const room = this.room(roomId);
    clearTimeout(room.typing.get(userId));
    room.typing.set(userId, setTimeout(() => this.#stopsTyping(room, userId), TYPING_MILLIS));
    this.told(roomId);
  }

  #stopsTyping(room, userId) {
    clearTimeout(room.typing.get(userId));
    if (room.typing.delete(userId)) {
      this.told(room.key);
    }
  }

  /** The user is not in the room any more: it leaves the list; while it is open, it stays there to be read. */
  #gone(roomId, kind, byUserId) {
    const entry = this.conversations.get(roomId);
    if (!entry) {
      return;
    }
    const room = this.room(roomId);
    room.notice({ kind, userId: this.userId, byUserId }, entry.lastSeq);
    room.ended = kind;
    if (this.openKey !== roomId) {
      this.#rooms.delete(roomId);
    }
    this.conversations.remove(roomId);
    this.told(roomId);
  }

  /** The room's store was set back: what is here may not be there. */
  #reset(roomId) {
    this.room(roomId).forget();
    this.conversations.reset(roomId);
    this.#list.refreshSoon();
    if (this.openKey === roomId) {
      this.loadOlder(roomId);
    }
  }
}
