/** Who comes to rooms and who goes: told in a conversation by a notice, and in the list. */
export class Membership {
  #chat;
  #refresh;
  #gone;

  /**
   * @param {{refresh: () => void, gone: (roomId: string, how: string, byUserId?: string) => void}} actions `gone`: the
   *     user itself is not in the room any more
   */
  constructor(chat, client, { refresh, gone }) {
    this.#chat = chat;
    this.#refresh = refresh;
    this.#gone = gone;
    client.on("memberJoined", (event) => this.#joined(event));
    client.on("memberLeft", (event) => this.#left(event));
    client.on("roomUpdated", (event) => this.#updated(event));
    client.on("roomDismissed", ({ roomId }) => gone(roomId, "dismissed"));
  }

  #joined({ roomId, userId, byUserId }) {
    const entry = this.#chat.conversations.get(roomId);
    const room = this.#chat.room(roomId);
    this.#notice(room, { kind: "joined", userId, byUserId });
    room.readBy(userId, 0);
    if (!entry || userId === this.#chat.userId) {
      room.ended = null;
      this.#refresh();
    } else {
      entry.memberCount++;
    }
    this.#chat.told(roomId);
  }

  #left({ roomId, userId, byUserId }) {
    if (userId === this.#chat.userId) {
      this.#gone(roomId, byUserId === userId ? "left" : "kicked", byUserId);
      return;
    }
    const entry = this.#chat.conversations.get(roomId);
    const room = this.#chat.room(roomId);
    this.#notice(room, { kind: "left", userId, byUserId });
    room.readers.delete(userId);
    if (entry) {
      entry.memberCount--;
    }
    this.#chat.told(roomId);
  }

  #updated({ roomId, hostUserId, name }) {
    const entry = this.#chat.conversations.get(roomId);
    if (entry && name !== undefined) {
      entry.name = name;
    }
    if (entry && hostUserId && entry.hostUserId !== hostUserId) {
      entry.hostUserId = hostUserId;
      this.#notice(this.#chat.room(roomId), { kind: "host", userId: hostUserId });
    }
    this.#chat.told(roomId);
  }

  #notice(room, notice) {
    room.notice(notice, this.#chat.conversations.get(room.key)?.lastSeq ?? 0);
  }
}
