const TYPING_MILLIS = 5_000;

/** Applies message, read, typing and reset events to rooms and the conversation list. */
export class MessageEvents {
  #chat;
  #rooms;
  #unsent;
  #list;
  #history;

  /** @param {{client: object, rooms: object, unsent: object, list: object, history: object}} parts */
  constructor(chat, { client, rooms, unsent, list, history }) {
    this.#chat = chat;
    this.#rooms = rooms;
    this.#unsent = unsent;
    this.#list = list;
    this.#history = history;
    client.on("message", (message) => this.#messageStored(message));
    client.on("outgoing", (outgoing) => this.outgoingChanged(outgoing));
    client.on("read", (event) => this.#memberRead(event));
    client.on("typing", (event) => this.#memberTyping(event));
    client.on("gap", () => this.#list.refreshSoon());
    client.on("reset", ({ roomId }) => this.#roomReset(roomId));
  }

  outgoingChanged(outgoing) {
    if (outgoing.status === "stored") {
      this.#addRoomOfFirstMessage(outgoing.toUserId, outgoing.message);
      this.#messageStored({ ...outgoing.message, clientMsgId: outgoing.clientMsgId });
    } else {
      this.#chat.notifyChanged(this.#unsent.update(outgoing));
    }
  }

  /** An own message may come twice: with the answer to its send, and as an event. */
  #messageStored(message) {
    const { roomId, senderId, seq } = message;
    const isNew = seq > (this.#chat.conversations.get(roomId)?.lastSeq ?? 0);
    this.#unsent.remove(message.clientMsgId);
    if (!this.#chat.conversations.addMessage(message)) {
      this.#list.refreshSoon();
    }
    const room = this.#rooms.get(roomId);
    room.recordRead(senderId, seq);
    this.#stopTyping(room, senderId);
    if (!room.add(message)) {
      this.#history.fillGap(room);
    }
    if (roomId !== this.#chat.openKey) {
      room.trim();
    }
    this.#chat.notifyChanged(roomId);
    if (isNew && !message.own && this.#chat.isOnline) {
      this.#chat.emit("incoming", message);
    }
  }

  /** The answer to the first message to a user names the new room. */
  #addRoomOfFirstMessage(userId, { roomId, seq }) {
    if (!userId || this.#chat.conversations.get(roomId)) {
      return;
    }
    const entry = this.#chat.conversations.addChat(userId, roomId);
    if (seq === 1) {
      this.#rooms.get(roomId).replaceMessages([]);
    }
    this.#chat.assignRoom(entry);
  }

  #memberRead({ roomId, userId, seq }) {
    if (userId === this.#chat.userId) {
      this.#chat.conversations.markRead(roomId, seq);
    }
    this.#rooms.get(roomId).recordRead(userId, seq);
    this.#chat.notifyChanged(roomId);
  }

  #memberTyping({ roomId, userId }) {
    const room = this.#rooms.get(roomId);
    clearTimeout(room.typing.get(userId));
    room.typing.set(userId, setTimeout(() => this.#stopTyping(room, userId), TYPING_MILLIS));
    this.#chat.notifyChanged(roomId);
  }

  #stopTyping(room, userId) {
    clearTimeout(room.typing.get(userId));
    if (room.typing.delete(userId)) {
      this.#chat.notifyChanged(room.key);
    }
  }

  /** The room's store was set back, so the messages held here may no longer exist. */
  #roomReset(roomId) {
    this.#rooms.get(roomId).clear();
    this.#chat.conversations.reset(roomId);
    this.#list.refreshSoon();
    if (this.#chat.openKey === roomId) {
      this.#chat.loadOlder(roomId);
    }
  }
}
