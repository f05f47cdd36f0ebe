import { Emitter } from "../emitter.js";
import { ConversationList, chatKey } from "./conversation-list.js";
import { HistoryLoader } from "./history-loader.js";
import { ListLoader } from "./list-loader.js";
import { Membership } from "./membership.js";
import { MembershipEvents } from "./membership-events.js";
import { MessageEvents } from "./message-events.js";
import { RoomCache } from "./room-cache.js";
import { UnsentMessages } from "./unsent-messages.js";

/**
 * The user's conversations, kept up to date by the SDK's events. Independent of the page.
 *
 * Events:
 * - `state`: the connection state has changed
 * - `list`: the conversation list has changed
 * - `room` (key): a conversation has changed
 * - `open` (key or null): another conversation, or none, is open
 * - `keyChanged` ({from, to}): a chat has got its room, whose id is its new key
 * - `incoming` (message): another user's new message has arrived
 * - `error` (error): an action of the user has failed
 */
export class Chat extends Emitter {
  conversations = new ConversationList();
  /** The latest `state` event. */
  connection = { state: "idle" };
  /** The key of the open conversation, or null. */
  openKey = null;
  /** @type {Membership} */
  membership;
  #client;
  #rooms = new RoomCache();
  #unsent;
  #list;
  #history;
  #messageEvents;

  /** @param client a `SimpleIM` that is not connected yet */
  constructor(client, userId) {
    super();
    this.#client = client;
    this.userId = userId;
    this.#unsent = new UnsentMessages(client, this.conversations);
    this.#history = new HistoryLoader(client, (key) => this.emit("room", key));
    this.#list = new ListLoader(client, this.conversations, {
      isOnline: () => this.isOnline,
      loaded: (items) => items.filter((item) => item.roomType === 1).forEach((item) => this.assignRoom(item)),
      removed: (key) => membershipEvents.end(key, "left"),
      changed: () => this.notifyChanged(this.openKey),
      failed: (error) => this.emit("error", error),
    });
    const parts = { client, rooms: this.#rooms, unsent: this.#unsent, list: this.#list, history: this.#history };
    client.on("state", (event) => this.#stateChanged(event));
    this.#messageEvents = new MessageEvents(this, parts);
    const membershipEvents = new MembershipEvents(this, parts);
    this.membership = new Membership(parts, (roomId) => membershipEvents.end(roomId, "left"));
  }

  get isOnline() {
    return this.connection.state === "online";
  }

  start() {
    this.#client.outbox().forEach((outgoing) => this.#messageEvents.outgoingChanged(outgoing));
    this.connect();
  }

  /** Connects at once instead of waiting for the SDK's next attempt. */
  connect() {
    if (this.connection.state === "waiting") {
      this.#client.close();
    }
    // The `state` event reports failures.
    this.#client.connect().catch(() => {});
  }

  async signOut() {
    this.#list.stop();
    await this.#client.logout();
  }

  // Conversation list

  /** Whether the whole list is loaded. */
  get isListComplete() {
    return this.#list.isComplete;
  }

  loadMoreConversations() {
    return this.#list.loadMore();
  }

  findConversation(key) {
    return this.#list.find(key);
  }

  /** @returns the key of the chat with a user, which has no room before its first message */
  async ensureChat(userId) {
    // A failed search does not matter: the server sends to the existing room anyway.
    const search = () => this.findConversation(chatKey(userId)).catch(() => undefined);
    const entry = this.conversations.withPeer(userId) ?? (await search()) ?? this.conversations.addChat(userId);
    this.emit("list");
    return entry.key;
  }

  // Open conversation

  /** @param key of a conversation, or null to close the open one */
  open(key) {
    if (key === this.openKey) {
      return;
    }
    this.#rooms.close(this.openKey);
    this.openKey = key;
    this.emit("open", key);
    this.emit("list");
    if (key !== null) {
      this.#prepare(this.room(key));
    }
  }

  room(key) {
    return this.#rooms.get(key);
  }

  /** The items that the rows of a conversation show. */
  items(key) {
    return this.room(key).items(this.#unsent.of(key));
  }

  /** The user's newest message in a conversation that is not stored yet. */
  lastUnsent(key) {
    return this.#unsent.of(key).at(-1);
  }

  loadOlder(key) {
    return this.#history.loadOlder(this.room(key));
  }

  #prepare(room) {
    if (!room.isLoaded) {
      this.#history.loadOlder(room);
    }
    if (!room.key.startsWith("user:")) {
      this.membership
        .members(room.key)
        .then(() => this.emit("room", room.key))
        // Without the members the page shows no read receipts.
        .catch(() => {});
    }
  }

  /** Marks all messages up to `seq` as read. */
  markRead(key, seq) {
    const entry = this.conversations.get(key);
    if (entry?.roomId && seq > entry.readSeq) {
      this.#client.markRead(entry.roomId, seq);
      this.conversations.markRead(key, seq);
      this.emit("list");
    }
  }

  sendTyping(key) {
    const { roomId } = this.conversations.get(key) ?? {};
    if (roomId) {
      this.#client.typing(roomId);
    }
  }

  // Sending

  get hasUnsent() {
    return this.#unsent.isAny;
  }

  send(key, text) {
    this.#unsent.send(this.conversations.get(key), text).catch((error) => this.#reportFullQueue(error));
  }

  resend(clientMsgId) {
    this.#unsent.resend(clientMsgId).catch((error) => this.#reportFullQueue(error));
  }

  discard(clientMsgId) {
    this.notifyChanged(this.#unsent.discard(clientMsgId));
  }

  /** A message that does not enter the queue has no `outgoing` event that could report its failure. */
  #reportFullQueue(error) {
    if (error.code === "queue_full") {
      this.emit("error", error);
    }
  }

  // Changes

  notifyChanged(key) {
    if (key !== null) {
      this.emit("room", key);
    }
    this.emit("list");
  }

  /** Replaces the entry of a chat without a room by the given one, which has a room. */
  assignRoom({ peerUserId, roomId }) {
    const key = chatKey(peerUserId);
    if (!this.conversations.get(key)) {
      return;
    }
    this.conversations.remove(key);
    this.#rooms.remove(key);
    this.emit("keyChanged", { from: key, to: roomId });
    if (this.openKey === key) {
      this.open(roomId);
    }
  }

  #stateChanged(event) {
    const wasOnline = this.isOnline;
    this.connection = event;
    this.emit("state", event);
    if (this.isOnline && !wasOnline) {
      this.#list.refresh().catch((error) => this.emit("error", error));
      this.#reloadOpenRoom();
    }
  }

  #reloadOpenRoom() {
    const room = this.#rooms.find(this.openKey);
    if (room && room.ended === null) {
      this.#prepare(room);
      if (room.hasFailed) {
        this.#history.loadOlder(room);
      }
    }
  }
}
