/** Applies membership events to rooms and the conversation list, and adds a notice for each. */
export class MembershipEvents {
  #chat;
  #rooms;
  #list;

  /** @param {{client: object, rooms: object, list: object}} parts */
  constructor(chat, { client, rooms, list }) {
    this.#chat = chat;
    this.#rooms = rooms;
    this.#list = list;
    client.on("memberJoined", (event) => this.#memberJoined(event));
    client.on("memberLeft", (event) => this.#memberLeft(event));
    client.on("roomUpdated", (event) => this.#roomUpdated(event));
    client.on("roomDismissed", ({ roomId }) => this.end(roomId, "dismissed"));
  }

  /** The user is no longer a member. The room leaves the list, but stays readable while it is open. */
  end(roomId, kind, byUserId) {
    const entry = this.#chat.conversations.get(roomId);
    if (!entry) {
      return;
    }
    const room = this.#rooms.get(roomId);
    room.addNotice({ kind, userId: this.#chat.userId, byUserId }, entry.lastSeq);
    room.ended = kind;
    if (this.#chat.openKey !== roomId) {
      this.#rooms.remove(roomId);
    }
    this.#chat.conversations.remove(roomId);
    this.#chat.notifyChanged(roomId);
  }

  #memberJoined({ roomId, userId, byUserId }) {
    const entry = this.#chat.conversations.get(roomId);
    const room = this.#rooms.get(roomId);
    this.#addNotice(room, { kind: "joined", userId, byUserId });
    room.recordRead(userId, 0);
    if (!entry || userId === this.#chat.userId) {
      room.ended = null;
      this.#list.refreshSoon();
    } else {
      entry.memberCount++;
    }
    this.#chat.notifyChanged(roomId);
  }

  #memberLeft({ roomId, userId, byUserId }) {
    if (userId === this.#chat.userId) {
      this.end(roomId, byUserId === userId ? "left" : "kicked", byUserId);
      return;
    }
    const entry = this.#chat.conversations.get(roomId);
    const room = this.#rooms.get(roomId);
    this.#addNotice(room, { kind: "left", userId, byUserId });
    room.readers.delete(userId);
    if (entry) {
      entry.memberCount--;
    }
    this.#chat.notifyChanged(roomId);
  }

  #roomUpdated({ roomId, hostUserId, name }) {
    const entry = this.#chat.conversations.get(roomId);
    if (entry && name !== undefined) {
      entry.name = name;
    }
    if (entry && hostUserId && entry.hostUserId !== hostUserId) {
      entry.hostUserId = hostUserId;
      this.#addNotice(this.#rooms.get(roomId), { kind: "host", userId: hostUserId });
    }
    this.#chat.notifyChanged(roomId);
  }

  #addNotice(room, notice) {
    room.addNotice(notice, this.#chat.conversations.get(room.key)?.lastSeq ?? 0);
  }
}
