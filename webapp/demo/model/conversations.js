/**
 * The conversation list, as far as it is loaded, latest activity first. An entry has the fields of the SDK's
 * `Conversation`, and `key`: the room's id, or `user:<id>` for a chat that has no room before its first message.
 */
export class Conversations {
  #entries = new Map();
  #tick = 0;

  get(key) {
    return this.#entries.get(key);
  }

  /** The chat with a user, if it is known. */
  withPeer(userId) {
    return [...this.#entries.values()].find((entry) => entry.roomType === 1 && entry.peerUserId === userId);
  }

  get size() {
    return this.#entries.size;
  }

  sorted() {
    return [...this.#entries.values()].sort((a, b) => b.updatedAt - a.updatedAt || b.tick - a.tick);
  }

  /** Conversations with something unread. */
  get unread() {
    return [...this.#entries.values()].filter((entry) => unreadOf(entry) > 0).length;
  }

  /** Takes what the server says, unless more is known here: pushes may overtake an answer. */
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

  /** A chat with a user that the list does not have yet; without a room until its first message is stored. */
  addChat(userId, roomId) {
    const key = roomId ?? chatKey(userId);
    const entry = {
      key, roomId, roomType: 1, peerUserId: userId, name: "", hostUserId: "", memberCount: 2, lastSeq: 0, readSeq: 0,
      lastText: "", lastSenderId: "", updatedAt: Math.floor(Date.now() / 1000), createdAt: 0, tick: ++this.#tick,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** What was said in it may not be there any more: the list tells. */
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

  /** @returns whether the room is in the list */
  saw(message) {
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
      // Who sends into a room has read it up to there.
      this.readUpTo(message.roomId, message.seq);
    }
    return true;
  }

  readUpTo(key, seq) {
    const entry = this.#entries.get(key);
    if (entry) {
      entry.readSeq = Math.max(entry.readSeq, seq);
    }
  }
}

export function unreadOf(entry) {
  return Math.max(0, entry.lastSeq - entry.readSeq);
}

export function chatKey(userId) {
  return `user:${userId}`;
}
