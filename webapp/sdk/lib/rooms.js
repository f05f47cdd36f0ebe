/** More are not kept while a hole is filled; what is not kept is fetched. */
const MOST_HELD = 1000;

/**
 * Puts a room's messages in order: each `seq` is delivered once, after all lower ones; what comes early is held until the
 * hole before it is filled.
 */
export class Room {
  /** 1, 2, or 0: not known. */
  type = 0;
  /** The last number that was delivered, or passed over; undefined until it is known where to begin. */
  after;

  #deliver;
  #held = new Map();
  #highest = 0;
  /** What it began behind, as long as nothing was delivered. */
  #beganAfter;

  constructor(deliver, after) {
    this.#deliver = deliver;
    this.after = after;
  }

  /** Whether there is something that cannot be delivered yet. */
  get isMissing() {
    return this.#highest > (this.after ?? 0);
  }

  get lowestHeld() {
    return this.#held.size === 0 ? undefined : Math.min(...this.#held.keys());
  }

  /** Takes a message, from wherever it comes. */
  offer(message) {
    if (this.after === undefined && message.seq === 1) {
      this.after = 0;
    }
    if (message.seq <= this.after) {
      this.#tellLate(message);
      return;
    }
    this.#highest = Math.max(this.#highest, message.seq);
    if (this.#held.size < MOST_HELD || message.seq === this.after + 1) {
      this.#held.set(message.seq, message);
    }
    this.#deliverNext();
  }

  /**
   * Begins after that number, or before what is held already.
   *
   * @param wasTold whether that one has been delivered, before a reload
   */
  begin(after, wasTold = false) {
    this.after = Math.min(after, (this.lowestHeld ?? Infinity) - 1);
    this.#beganAfter = wasTold ? undefined : this.after;
    this.#deliverNext();
  }

  /** Passes over all up to that number. */
  skipTo(after) {
    this.fill([], after);
  }

  /**
   * Delivers what was fetched from `after` on.
   *
   * @param end up to where these, with what is held, are all that there is: a crash can leave a number without a message
   */
  fill(messages, end) {
    messages.filter((message) => message.seq > this.after).forEach((message) => this.#held.set(message.seq, message));
    const known = [...this.#held.keys()].filter((seq) => seq <= end).sort((a, b) => a - b);
    known.forEach((seq) => this.#take(seq));
    this.after = Math.max(this.after, end);
    this.#deliverNext();
  }

  /** The store was set back: begins anew. What is held has come since. */
  reset() {
    this.after = 0;
    this.#highest = Math.max(0, ...this.#held.keys());
  }

  /** Drops what is held: it is fetched again, from a server that may have been set back meanwhile. */
  dropHeld() {
    this.#held.clear();
    this.#highest = 0;
  }

  /** Gives up a hole that cannot be filled. @returns the last number before and the first after it */
  skipHole() {
    const hole = { afterSeq: this.after, beforeSeq: this.lowestHeld ?? this.#highest + 1 };
    this.skipTo(hole.beforeSeq - 1);
    return hole;
  }

  #deliverNext() {
    while (this.#held.has(this.after + 1)) {
      this.#take(this.after + 1);
    }
  }

  /** An own message counts as read: a room may begin behind it before the answer to it is here. */
  #tellLate(message) {
    if (message.clientMsgId !== undefined && message.seq === this.#beganAfter) {
      this.#beganAfter = undefined;
      this.#deliver(message);
    }
  }

  #take(seq) {
    const message = this.#held.get(seq);
    this.#held.delete(seq);
    if (seq > this.after) {
      this.after = seq;
      this.#beganAfter = undefined;
      this.#highest = Math.max(this.#highest, seq);
      this.#deliver(message);
    }
  }
}

/** All rooms that the client has heard of. */
export class Rooms {
  #deliver;
  #rooms = new Map();

  /** @param {(message: object) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

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

  /** Of those where it is known how far they are. */
  cursors() {
    return Object.fromEntries(this.#all().filter(([, room]) => room.after !== undefined).map(([id, room]) => [id, room.after]));
  }

  clear() {
    this.#rooms.clear();
  }

  dropHeld() {
    this.#rooms.forEach((room) => room.dropHeld());
  }

  /** Those with a hole, or without a beginning. */
  missing() {
    return this.#all().filter(([, room]) => room.isMissing);
  }

  #all() {
    return [...this.#rooms];
  }
}
