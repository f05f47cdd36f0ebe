import { Emitter } from "../emitter.js";
import { Conversations, chatKey } from "./conversations.js";
import { Room } from "./room.js";

const PAGE = 50;
const LIST_PAGE = 50;
/** Pages of 100 that a conversation is looked for in. */
const DEEPEST_SEARCH = 10;
const TYPING_MILLIS = 5_000;
const REFRESH_MILLIS = 100;

/**
 * What a user sees of its conversations, kept up to date by the SDK's events; knows nothing of the page.
 *
 * Events: `state`; `list` (the conversation list has changed); `room` (a key: what is known of that conversation has
 * changed); `open` (another conversation, or none, is open); `heard` (a message of somebody else has come in);
 * `error` (something that was asked for did not work).
 */
export class Chat extends Emitter {
  conversations = new Conversations();
  /** The last `state` event. */
  connection = { state: "idle" };
  /** The key of the open conversation, or null. */
  openKey = null;
  hasAll = false;
  #client;
  #rooms = new Map();
  #outgoing = new Map();
  #isListing = false;
  #refreshTimer;

  /** @param client a `SimpleIM` that has not been connected yet */
  constructor(client, userId) {
    super();
    this.#client = client;
    this.userId = userId;
    const events = {
      state: (event) => this.#stateChanged(event),
      message: (message) => this.#take(message),
      outgoing: (outgoing) => this.#sent(outgoing),
      read: (event) => this.#read(event),
      typing: (event) => this.#typing(event),
      memberJoined: (event) => this.#joined(event),
      memberLeft: (event) => this.#left(event),
      roomUpdated: (event) => this.#updated(event),
      roomDismissed: ({ roomId }) => this.#ended(roomId, "dismissed"),
      gap: ({ roomId }) => this.#refreshSoon(roomId),
      reset: ({ roomId }) => this.#reset(roomId),
    };
    Object.entries(events).forEach(([event, listener]) => client.on(event, listener));
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
    clearTimeout(this.#refreshTimer);
    await this.#client.logout();
  }

  get hasUnsent() {
    return this.#client.outbox().length > 0;
  }

  // The list

  /** Loads the next page of the list, unless all is there. */
  async listMore() {
    if (this.#isListing || this.hasAll || this.connection.state !== "online") {
      return;
    }
    this.#isListing = true;
    try {
      // What has moved to the top since has moved others on: a page that overlaps leaves none out.
      const page = Math.floor(this.conversations.size / LIST_PAGE) + 1;
      this.#listed(await this.#client.conversations({ page, pageSize: LIST_PAGE }), LIST_PAGE);
    } catch (error) {
      this.emit("error", error);
    } finally {
      this.#isListing = false;
      this.emit("list");
    }
  }

  #listed(items, pageSize) {
    this.hasAll = items.length < pageSize;
    this.conversations.merge(items);
    items.filter((item) => item.roomType === 1).forEach((item) => this.#adopt(item));
  }

  /** The list anew, as far as it was loaded: what happened to rooms while there was no connection is told by nobody. */
  async #refresh() {
    const before = this.conversations.keys();
    const pages = Math.min(DEEPEST_SEARCH, Math.max(1, Math.ceil(this.conversations.size / 100)));
    const found = new Set();
    for (let page = 1; page <= pages; page++) {
      const items = await this.#client.conversations({ page, pageSize: 100 });
      items.forEach((item) => found.add(item.roomId));
      this.#listed(items, 100);
      if (this.hasAll) {
        before.filter((key) => !key.startsWith("user:") && !found.has(key)).forEach((key) => this.#gone(key, "left"));
        break;
      }
    }
    this.emit("list");
  }

  /** Soon: often several events say the same. */
  #refreshSoon(key) {
    clearTimeout(this.#refreshTimer);
    if (this.connection.state !== "online") {
      // When it is, all is asked for.
      return;
    }
    this.#refreshTimer = setTimeout(() => {
      this.#refresh()
        .then(() => key && this.emit("room", key))
        .catch((error) => this.emit("error", error));
    }, REFRESH_MILLIS);
  }

  /** @returns the list's entry of a room or chat, looked for as far back as is reasonable; undefined if there is none */
  async find(key) {
    const isIt = (item) => item.roomId === key || (item.roomType === 1 && chatKey(item.peerUserId) === key);
    for (let page = 1; page <= DEEPEST_SEARCH; page++) {
      const items = await this.#client.conversations({ page, pageSize: 100 });
      const found = items.find(isIt);
      if (found) {
        this.conversations.merge([found]);
        return this.conversations.get(found.roomId);
      }
      if (items.length < 100) {
        break;
      }
    }
    return undefined;
  }

  // The open conversation

  /** @param key of a conversation, or null: none */
  open(key) {
    if (key === this.openKey) {
      return;
    }
    const before = this.#rooms.get(this.openKey);
    before?.trim();
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

  items(key) {
    return this.room(key).items(this.#outgoingOf(key));
  }

  #outgoingOf(key) {
    return [...this.#outgoing.values()].filter((sent) => this.#keyOf(sent) === key);
  }

  #keyOf(outgoing) {
    return outgoing.roomId ?? this.conversations.withPeer(outgoing.toUserId)?.key ?? chatKey(outgoing.toUserId);
  }

  #prepare(room) {
    if (!room.isLoaded) {
      this.loadOlder(room.key);
    }
    if (!room.key.startsWith("user:")) {
      this.members(room.key)
        .then(() => this.emit("room", room.key))
        // Then nobody is shown who has read what.
        .catch(() => {});
    }
  }

  /** Loads the page before what is there, or the newest one. */
  async loadOlder(key) {
    const room = this.room(key);
    if (room.isLoading || room.isComplete) {
      return;
    }
    room.isLoading = true;
    room.hasFailed = false;
    this.emit("room", key);
    try {
      await (room.isLoaded ? this.#loadBefore(room) : this.#loadNewest(room));
    } catch (error) {
      room.hasFailed = true;
    } finally {
      room.isLoading = false;
      this.emit("room", key);
    }
  }

  async #loadBefore(room) {
    const page = await this.#client.historyPage(room.key, { beforeSeq: room.lowest, pageSize: PAGE });
    room.prepend(page);
  }

  async #loadNewest(room) {
    const page = await this.#client.historyPage(room.key, { pageSize: PAGE });
    if (!room.startWith(page)) {
      await this.#fill(room);
    }
  }

  async #fillHole(room) {
    room.isFilling = true;
    try {
      await this.#fill(room);
    } catch {
      // Loaded anew when the connection is back, or when it is opened.
      room.forget();
    } finally {
      room.isFilling = false;
      this.emit("room", room.key);
    }
  }

  /** Fetches what lies between what is here and what has come in; if that is much, begins anew at the newest. */
  async #fill(room) {
    const page = await this.#client.historyPage(room.key, { afterSeq: room.highest, pageSize: 100 });
    const isFull = page.map((message) => room.add(message)).at(-1) ?? true;
    if (!isFull) {
      room.forget();
      await this.#loadNewest(room);
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

  // What the user does

  send(key, text) {
    const entry = this.conversations.get(key);
    const sending = entry?.roomId
      ? this.#client.sendToRoom(entry.roomId, text)
      : this.#client.sendToUser(entry.peerUserId, text);
    this.#watch(sending);
  }

  resend(clientMsgId) {
    this.#watch(this.#client.resend(clientMsgId));
  }

  discard(clientMsgId) {
    const key = this.#keyOf(this.#outgoing.get(clientMsgId));
    this.#client.discard(clientMsgId);
    this.#outgoing.delete(clientMsgId);
    this.emit("room", key);
    this.emit("list");
  }

  /** What becomes of a message is told by `outgoing`; what never got so far is not. */
  #watch(sending) {
    sending.catch((error) => error.code === "queue_full" && this.emit("error", error));
  }

  isTyping(key) {
    const entry = this.conversations.get(key);
    if (entry?.roomId) {
      this.#client.typing(entry.roomId);
    }
  }

  /** @returns the key of the chat with that user; it has no room before its first message */
  async chatWith(userId) {
    const known = this.conversations.withPeer(userId) ?? (await this.#findQuietly(chatKey(userId)));
    const entry = known ?? this.conversations.addChat(userId);
    this.emit("list");
    return entry.key;
  }

  async #findQuietly(key) {
    try {
      return await this.find(key);
    } catch {
      // Without a connection one can still write: it is the same room on the server.
      return undefined;
    }
  }

  /** @returns the room's id */
  async createRoom(name) {
    const roomId = await this.#client.createRoom(name ? { name } : {});
    await this.#refresh();
    return roomId;
  }

  async enterRoom(roomId) {
    await this.#client.enterRoom(roomId);
    await this.#refresh();
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

  /** A page of 100 members; page 1 also says who has read what. */
  async members(roomId, page = 1) {
    const members = await this.#client.members(roomId, { page, pageSize: 100 });
    members.forEach((member) => this.#readBy(roomId, member.userId, member.readSeq));
    return members;
  }

  // What happens

  #stateChanged(event) {
    const wasOnline = this.connection.state === "online";
    this.connection = event;
    this.emit("state", event);
    if (event.state === "online" && !wasOnline) {
      this.#refresh().catch((error) => this.emit("error", error));
      this.#retryOpen();
    }
  }

  #retryOpen() {
    const room = this.#rooms.get(this.openKey);
    if (room && (room.hasFailed || !room.isLoaded)) {
      this.#prepare(room);
      this.loadOlder(room.key);
    }
  }

  /** A stored message; the same one may come twice: as an answer and as an event. */
  #take(message) {
    const { roomId } = message;
    const isNew = message.seq > (this.conversations.get(roomId)?.lastSeq ?? 0);
    this.#outgoing.delete(message.clientMsgId);
    if (!this.conversations.saw(message)) {
      this.#refreshSoon(roomId);
    }
    this.#readBy(roomId, message.senderId, message.seq);
    const room = this.room(roomId);
    this.#stopsTyping(room, message.senderId);
    if (!room.add(message) && !room.isFilling) {
      this.#fillHole(room);
    }
    this.emit("room", roomId);
    this.emit("list");
    if (isNew && !message.own && this.connection.state === "online") {
      this.emit("heard", message);
    }
  }

  #sent(outgoing) {
    if (outgoing.status === "stored") {
      this.#take({ ...outgoing.message, clientMsgId: outgoing.clientMsgId });
      return;
    }
    this.#outgoing.set(outgoing.clientMsgId, { ...outgoing });
    if (outgoing.toUserId && !outgoing.roomId && !this.conversations.withPeer(outgoing.toUserId)) {
      this.conversations.addChat(outgoing.toUserId);
    }
    this.emit("room", this.#keyOf(outgoing));
    this.emit("list");
  }

  /** A chat has got its room: what was known of it goes over. */
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
      this.emit("list");
    }
    this.#readBy(roomId, userId, seq);
    this.emit("room", roomId);
  }

  #readBy(roomId, userId, seq) {
    const { readers } = this.room(roomId);
    readers.set(userId, Math.max(seq, readers.get(userId) ?? 0));
  }

  #typing({ roomId, userId }) {
    const room = this.room(roomId);
    clearTimeout(room.typing.get(userId));
    room.typing.set(userId, setTimeout(() => this.#stopsTyping(room, userId), TYPING_MILLIS));
    this.#told(roomId);
  }

  #stopsTyping(room, userId) {
    clearTimeout(room.typing.get(userId));
    if (room.typing.delete(userId)) {
      this.#told(room.key);
    }
  }

  #joined({ roomId, userId, byUserId }) {
    const entry = this.conversations.get(roomId);
    this.room(roomId).ended = null;
    this.#notice(roomId, { kind: "joined", userId, byUserId });
    this.#readBy(roomId, userId, 0);
    if (!entry || userId === this.userId) {
      this.#refreshSoon(roomId);
    } else {
      entry.memberCount++;
    }
    this.#told(roomId);
  }

  #left({ roomId, userId, byUserId }) {
    if (userId === this.userId) {
      this.#gone(roomId, byUserId === userId ? "left" : "kicked", byUserId);
      return;
    }
    this.#notice(roomId, { kind: "left", userId, byUserId });
    this.room(roomId).readers.delete(userId);
    const entry = this.conversations.get(roomId);
    if (entry) {
      entry.memberCount--;
    }
    this.#told(roomId);
  }

  #updated({ roomId, hostUserId }) {
    const entry = this.conversations.get(roomId);
    if (entry && hostUserId && entry.hostUserId !== hostUserId) {
      entry.hostUserId = hostUserId;
      this.#notice(roomId, { kind: "host", userId: hostUserId });
    }
    this.#told(roomId);
  }

  #ended(roomId, how) {
    this.#gone(roomId, how);
  }

  /** The user is not in the room any more: it leaves the list; while it is open, it stays there to be read. */
  #gone(roomId, how, byUserId) {
    if (!this.conversations.get(roomId)) {
      return;
    }
    this.#notice(roomId, { kind: how, userId: this.userId, byUserId });
    this.room(roomId).ended = how;
    if (this.openKey !== roomId) {
      this.#rooms.delete(roomId);
    }
    this.conversations.remove(roomId);
    this.#told(roomId);
  }

  /** The room's store was set back: what is here may not be there. */
  #reset(roomId) {
    this.room(roomId).forget();
    this.conversations.remove(roomId);
    this.#refreshSoon(roomId);
    if (this.openKey === roomId) {
      this.loadOlder(roomId);
    }
  }

  #notice(roomId, notice) {
    this.room(roomId).notice(notice, this.conversations.get(roomId)?.lastSeq ?? 0);
  }

  #told(key) {
    this.emit("room", key);
    this.emit("list");
  }
}
