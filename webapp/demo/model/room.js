const MAX_KEPT_WHEN_CLOSED = 200;

/** One conversation: its newest messages without gaps, notices, the members' read positions, and who is typing. */
export class Room {
  /** Ordered by `seq`, without gaps. */
  messages = [];
  /** Whether `messages` reaches up to the newest message and follows it. */
  isLoaded = false;
  /** Whether older messages are being loaded. */
  isLoading = false;
  /** Whether the last attempt to load messages failed. */
  hasFailed = false;
  /** Whether the gap between `messages` and newer ones is being filled. */
  isFillingGap = false;
  /** Read position by user. */
  readers = new Map();
  /** Timers by user. */
  typing = new Map();
  /** Why the user is no longer a member: `kicked`, `left` or `dismissed`; else null. */
  ended = null;
  #notices = [];
  /** Messages by `seq` that arrived ahead of a gap or of the first page. */
  #pending = new Map();
  #noticeCount = 0;

  constructor(key) {
    this.key = key;
  }

  get lowest() {
    return this.messages[0]?.seq ?? 0;
  }

  get highest() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** Whether the room's first message is loaded. */
  get isComplete() {
    return this.isLoaded && this.lowest <= 1;
  }

  /** @returns false if there is a gap before this message */
  add(message) {
    if (!this.isLoaded) {
      if (this.isLoading) {
        this.#pending.set(message.seq, message);
      }
      return true;
    }
    if (message.seq > this.highest) {
      this.#pending.set(message.seq, message);
    }
    return this.#appendPending();
  }

  /** Replaces all messages by the newest page, given newest first. @returns false if newer messages leave a gap */
  replaceMessages(page) {
    this.messages = page.toReversed();
    this.isLoaded = true;
    return this.#appendPending();
  }

  /** Adds a page of older messages, given newest first. */
  prepend(page) {
    this.messages = [...page.filter((message) => message.seq < this.lowest).toReversed(), ...this.messages];
  }

  /** Drops all messages. */
  clear() {
    this.messages = [];
    this.isLoaded = false;
    this.#pending.clear();
  }

  /** Records a member's read position. In large rooms the server does not report it. */
  recordRead(userId, seq = 0) {
    this.readers.set(userId, Math.max(seq, this.readers.get(userId) ?? 0));
  }

  /** Limits the memory that a closed conversation takes. */
  trim() {
    if (this.messages.length > MAX_KEPT_WHEN_CLOSED) {
      this.messages = this.messages.slice(-MAX_KEPT_WHEN_CLOSED);
    }
    this.#notices = this.#notices.slice(-MAX_KEPT_WHEN_CLOSED);
  }

  addNotice(notice, afterSeq) {
    const at = Math.floor(Date.now() / 1000);
    this.#notices.push({ key: `n${++this.#noticeCount}`, at, notice, afterSeq: Math.max(afterSeq, this.highest) });
  }

  /** Messages and notices in order, followed by unsent messages. Each item has a `key` and its time `at`. */
  items(unsent) {
    const items = [];
    const from = this.isComplete ? 0 : this.lowest;
    const notices = this.#notices.filter((notice) => notice.afterSeq >= from);
    let next = 0;
    for (const message of this.messages) {
      while (notices[next]?.afterSeq < message.seq) {
        items.push(notices[next++]);
      }
      items.push({ key: message.clientMsgId ?? `m${message.seq}`, at: message.createdAt, message });
    }
    items.push(...notices.slice(next));
    unsent.forEach((outgoing) => items.push({ key: outgoing.clientMsgId, at: outgoing.queuedAt, outgoing }));
    return items;
  }

  #appendPending() {
    for (const seq of [...this.#pending.keys()].sort((a, b) => a - b)) {
      if (seq > this.highest + 1) {
        return false;
      }
      if (seq > this.highest) {
        this.messages.push(this.#pending.get(seq));
      }
      this.#pending.delete(seq);
    }
    return true;
  }
}
