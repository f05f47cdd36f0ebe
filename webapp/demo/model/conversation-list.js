/**
 * The loaded part of the conversation list. An entry has the fields of the SDK's `Conversation` and a `key`: the room's
 * id, or `user:<id>` for a chat that has no room yet.
 */
export class ConversationList {
  #entries = new Map();
  #tick = 0;

  get(key) {
    return this.#entries.get(key);
  }

  /** @returns the chat with a user, or undefined */
  withPeer(userId) {
    return [...this.#entries.values()].find((entry) => entry.roomType === 1 && entry.peerUserId === userId);
  }

  get size() {
    return this.#entries.size;
  }

  /** @returns the entries, latest activity first */
  sorted() {
    return [...this.#entries.values()].sort((a, b) => b.updatedAt - a.updatedAt || b.tick - a.tick);
  }

  /** The number of conversations with unread messages. */
  get unreadCount() {
    return [...this.#entries.values()].filter((entry) => unreadOf(entry) > 0).length;
  }

  /** Merges a page from the server. Newer values here win, since pushes may overtake the answer. */
  merge(items) {
    items.forEach((item, index) => {
      const known = this.#entries.get(item.roomId);
      if (known && known.lastSeq > item.lastSeq) {
        known.readSeq = Math.max(known.readSeq, item.readSeq);
        Object.assign(known, { name: item.name, hostUserId: item.hostUserId, memberCount: item.memberCount });
        return;
      }
      const readSeq = Math.max(item.readSeq, known?.readSeq ?? 0);
      this.#entries.set(item.roomId, { tick: -index, ...known, ...item, key: item.roomId, readSeq });
    });
  }

  /** Adds a chat that the list does not have yet. It has no room until its first message is stored. */
  addChat(userId, roomId) {
    const key = roomId ?? chatKey(userId);
    const entry = {
      key, roomId, roomType: 1, peerUserId: userId, name: "", hostUserId: "", memberCount: 2, lastSeq: 0, readSeq: 0,
      lastText: "", lastSenderId: "", updatedAt: Math.floor(Date.now() / 1000), createdAt: 0, tick: ++this.#tick,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Clears positions and preview of a room whose store was set back; a refresh brings the new ones. */
  reset(roomId) {
    const entry = this.#entries.get(roomId);
    if (entry) {
      Object.assign(entry, { lastSeq: 0, readSeq: 0, lastText: "", lastSenderId: "" });
    }
  }

  remove(key) {
    this.#entries.delete(key);
  }

  keys() {
    return [...this.#entries.keys()];
  }

  /** Updates the entry of the message's room. @returns false if the list does not have the room */
  addMessage(message) {
    const entry = this.#entries.get(message.roomId);
    if (!entry) {
      return false;
    }
    if (message.seq > entry.lastSeq) {
      Object.assign(entry, {
        lastSeq: message.seq,
        lastText: message.text,
        lastSenderId: message.senderId,
        updatedAt: Math.max(entry.updatedAt, message.createdAt),
        tick: ++this.#tick,
      });
    }
    if (message.own) {
      // Sending a message marks everything before it as read.
      this.markRead(message.roomId, message.seq);
    }
    return true;
  }

  markRead(key, seq) {
    const entry = this.#entries.get(key);
    if (entry) {
      entry.readSeq = Math.max(entry.readSeq, seq);
    }
  }
}

export function unreadOf(entry) {
  return Math.max(0, entry.lastSeq - entry.readSeq);
}

/** The key of a chat that has no room yet. */
export function chatKey(userId) {
  return `user:${userId}`;
}
