/** The server's stored messages. Answers `sync`, lists and history as the real server does. */
export class Rooms {
  /** Maximum number of messages per room in an answer to `sync`. */
  most = 200;

  #userId;
  #rooms = new Map();
  /** The client's ack and read cursors by room. */
  #acked = new Map();
  #read = new Map();

  constructor(userId) {
    this.#userId = userId;
  }

  /** Stores a message, given as a push. */
  store(push) {
    const room = this.#rooms.get(push.room_id) ?? { type: push.room_type, messages: new Map() };
    room.messages.set(push.seq, push);
    this.#rooms.set(push.room_id, room);
    if (push.send_user_id === this.#userId) {
      this.#note(this.#read, push.room_id, push.seq);
    }
  }

  /** Sets the room back to a number, like a store restored from a backup. */
  setBack(roomId, seq) {
    const { messages } = this.#rooms.get(roomId);
    [...messages.keys()].filter((one) => one > seq).forEach((one) => messages.delete(one));
  }

  ack(roomId, seq) {
    this.#note(this.#acked, roomId, seq);
  }

  read(roomId, seq) {
    this.#note(this.#read, roomId, seq);
    this.ack(roomId, seq);
  }

  /** The backlog for a connection without `?offline=none`. */
  notAcked() {
    return [...this.#rooms].flatMap(([id, { messages }]) =>
      inOrder(messages).filter((push) => push.seq > (this.#acked.get(id) ?? 0)),
    );
  }

  sync(held, asked = 100) {
    const limit = Math.min(asked, this.most);
    const rooms = [];
    for (const [roomId, { type, messages }] of this.#rooms) {
      const lastSeq = last(messages);
      const has = held[roomId] ?? 0;
      if (has !== lastSeq) {
        const isReset = has > lastSeq;
        const missing = inOrder(messages).filter((push) => isReset || push.seq > has);
        rooms.push({
          room_id: roomId,
          room_type: type,
          last_seq: lastSeq,
          messages: missing.slice(0, limit),
          complete: missing.length <= limit,
          ...(isReset ? { reset: true } : {}),
        });
      }
    }
    return { rooms };
  }

  list({ page = 1, page_size: size = 20 }) {
    return [...this.#rooms].slice((page - 1) * size, page * size).map(([id, room]) => this.#item(id, room));
  }

  history({ room_id: roomId, page = 1, page_size: size = 20, before_seq: before, after_seq: after }) {
    const all = inOrder(this.#rooms.get(roomId)?.messages ?? new Map());
    if (after !== undefined) {
      return all.filter((push) => push.seq > after).slice(0, size).map(historyItem);
    }
    const back = all.filter((push) => push.seq < (before ?? Infinity)).reverse();
    const first = before === undefined ? (page - 1) * size : 0;
    return back.slice(first, first + size).map(historyItem);
  }

  #item(id, { type, messages }) {
    const newest = messages.get(last(messages));
    const read = this.#read.get(id) ?? 0;
    const others = [...messages.values()].map((push) => push.send_user_id).filter((user) => user !== this.#userId);
    return {
      RoomId: id,
      RoomType: type,
      RoomStatus: 1,
      RoomHostUserId: type === 1 ? "" : this.#userId,
      LastUserId: newest?.send_user_id ?? "",
      LastMessageId: newest?.message_id ?? "",
      LastMessageUpdatedAt: newest?.created_at ?? 0,
      CreateAt: 1_700_000_000,
      LastSeq: last(messages),
      ReadSeq: read,
      Unread: last(messages) - read,
      MemberCount: 2,
      Name: "",
      LastMessageData: newest?.message_data ?? "",
      ...(type === 1 ? { PeerUserId: others[0] ?? "bob" } : {}),
    };
  }

  #note(numbers, roomId, seq) {
    numbers.set(roomId, Math.max(numbers.get(roomId) ?? 0, seq));
  }
}

function inOrder(messages) {
  return [...messages.values()].sort((a, b) => a.seq - b.seq);
}

function last(messages) {
  return Math.max(0, ...messages.keys());
}

function historyItem(push) {
  return {
    RoomId: push.room_id,
    MessageId: push.message_id,
    SendUserId: push.send_user_id,
    SendStatus: 1,
    CreateAt: push.created_at,
    Seq: push.seq,
    MessageType: push.message_type,
    MessageData: push.message_data,
  };
}
