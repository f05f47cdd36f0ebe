/** Maximum number of messages held while a gap is filled. Others are fetched again. */
const MAX_HELD = 1000;

/** Delivers a room's messages in order, each once. Early messages are held until the gap before them is filled. */
export class Room {
  /** 1, 2, or 0 if unknown. */
  type = 0;
  /** The last `seq` that was delivered or skipped; undefined until the starting point is known. */
  cursor;

  #deliver;
  #held = new Map();
  #highest = 0;
  /** The cursor at the start, until the first message is delivered. */
  #startCursor;

  /** @param {(message: object) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** Whether a message has arrived that cannot be delivered yet. */
  get hasGap() {
    return this.#highest > (this.cursor ?? 0);
  }

  get lowestHeld() {
    return this.#held.size === 0 ? undefined : Math.min(...this.#held.keys());
  }

  /** Takes a message from any source; duplicates are ignored. */
  offer(message) {
    if (this.cursor === undefined && message.seq === 1) {
      this.cursor = 0;
    }
    if (message.seq <= this.cursor) {
      this.#deliverLateAnswer(message);
      return;
    }
    this.#highest = Math.max(this.#highest, message.seq);
    if (this.#held.size < MAX_HELD || message.seq === this.cursor + 1) {
      this.#held.set(message.seq, message);
    }
    this.#deliverHeld();
  }

  /**
   * Sets the starting point, but never after a message that is already held.
   *
   * @param wasDelivered whether the message at `cursor` was delivered before a reload
   */
  start(cursor, wasDelivered = false) {
    this.cursor = Math.min(cursor, (this.lowestHeld ?? Infinity) - 1);
    this.#startCursor = wasDelivered ? undefined : this.cursor;
    this.#deliverHeld();
  }

  /** Delivers what is held up to `seq` and skips the rest. */
  skipTo(seq) {
    this.fill([], seq);
  }

  /**
   * Delivers fetched messages.
   *
   * @param end the fetch covers all numbers up to this one. Numbers without a message are skipped: a crash of the server
   *   can leave them
   */
  fill(messages, end) {
    messages.filter((message) => message.seq > this.cursor).forEach((message) => this.#held.set(message.seq, message));
    const seqs = [...this.#held.keys()].filter((seq) => seq <= end).sort((a, b) => a - b);
    seqs.forEach((seq) => this.#deliverOne(seq));
    this.cursor = Math.max(this.cursor, end);
    this.#deliverHeld();
  }

  /** Starts over after the store was set back. Held messages were stored after that. */
  reset() {
    this.cursor = 0;
    this.#highest = Math.max(0, ...this.#held.keys());
  }

  /** Drops held messages on reconnect, because the store may have been set back meanwhile. */
  dropHeld() {
    this.#held.clear();
    this.#highest = 0;
  }

  /** Skips a gap that cannot be filled. @returns the numbers on both sides of it */
  skipGap() {
    const gap = { afterSeq: this.cursor, beforeSeq: this.lowestHeld ?? this.#highest + 1 };
    this.skipTo(gap.beforeSeq - 1);
    return gap;
  }

  #deliverHeld() {
    while (this.#held.has(this.cursor + 1)) {
      this.#deliverOne(this.cursor + 1);
    }
  }

  /** An own message counts as read, so the room may have started after it before its answer arrived. */
  #deliverLateAnswer(message) {
    if (message.clientMsgId !== undefined && message.seq === this.#startCursor) {
      this.#startCursor = undefined;
      this.#deliver(message);
    }
  }

  #deliverOne(seq) {
    const message = this.#held.get(seq);
    this.#held.delete(seq);
    if (seq > this.cursor) {
      this.cursor = seq;
      this.#startCursor = undefined;
      this.#highest = Math.max(this.#highest, seq);
      this.#deliver(message);
    }
  }
}

/** All rooms that the client knows, by id. */
export class Rooms {
  #deliver;
  #rooms = new Map();

  /** @param {(message: object) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** Returns the room, creating it on first use. */
  get(roomId) {
    let room = this.#rooms.get(roomId);
    if (!room) {
      room = new Room(this.#deliver);
      this.#rooms.set(roomId, room);
    }
    return room;
  }

  typeOf(roomId) {
    return this.#rooms.get(roomId)?.type ?? 0;
  }

  forget(roomId) {
    this.#rooms.delete(roomId);
  }

  /** @returns the cursors of the rooms that have one, by room id */
  cursors() {
    const entries = this.#all().map(([roomId, room]) => [roomId, room.cursor]);
    return Object.fromEntries(entries.filter(([, cursor]) => cursor !== undefined));
  }

  clear() {
    this.#rooms.clear();
  }

  dropHeld() {
    this.#rooms.forEach((room) => room.dropHeld());
  }

  /** @returns `[roomId, room]` of each room with a gap, or with messages before its starting point is known */
  withGaps() {
    return this.#all().filter(([, room]) => room.hasGap);
  }

  #all() {
    return [...this.#rooms];
  }
}
