const KEPT_WHEN_CLOSED = 200;

/**
 * What is known of one conversation: a piece of its history without a hole, up to the newest message, and what is not
 * history: who came and went, who has read up to where, who is typing.
 */
export class Room {
  /** By `seq`, without a hole. */
  messages = [];
  /** Whether `messages` reaches to the newest one, and follows it. */
  isLoaded = false;
  /** Older ones are being fetched, or could not be. */
  isLoading = false;
  hasFailed = false;
  /** What lies between `messages` and newer ones is being fetched. */
  isFilling = false;
  /** User → up to where it has read. */
  readers = new Map();
  /** User → timer. */
  typing = new Map();
  /** Why nothing can be written any more: `kicked`, `left`, `dismissed`. */
  ended = null;
  #notices = [];
  #early = new Map();
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

  /** Whether the first message ever is here. */
  get isComplete() {
    return this.isLoaded && this.lowest <= 1;
  }

  /** @returns whether all up to this one is here, and nothing must be fetched before it is shown */
  add(message) {
    if (!this.isLoaded) {
      if (this.isLoading) {
        this.#early.set(message.seq, message);
      }
      return true;
    }
    if (message.seq > this.highest) {
      this.#early.set(message.seq, message);
    }
    return this.#absorb();
  }

  /** The newest page, newest first, in place of what was here. */
  startWith(page) {
    this.messages = page.toReversed();
    this.isLoaded = true;
    return this.#absorb();
  }

  prepend(page) {
    this.messages = [...page.filter((message) => message.seq < this.lowest).toReversed(), ...this.messages];
  }

  /** What was here counts no more. */
  forget() {
    this.messages = [];
    this.isLoaded = false;
    this.#early.clear();
  }

  /** A member has read all up to a number; of very large rooms it is not told. */
  readBy(userId, seq = 0) {
    this.readers.set(userId, Math.max(seq, this.readers.get(userId) ?? 0));
  }

  /** Gives back the memory of what was scrolled through, or has come in unseen. */
  trim() {
    if (this.messages.length > KEPT_WHEN_CLOSED) {
      this.messages = this.messages.slice(-KEPT_WHEN_CLOSED);
    }
    this.#notices = this.#notices.slice(-KEPT_WHEN_CLOSED);
  }

  notice(notice, afterSeq) {
    const at = Math.floor(Date.now() / 1000);
    this.#notices.push({ key: `n${++this.#noticeCount}`, at, notice, afterSeq: Math.max(afterSeq, this.highest) });
  }

  /** Messages, notices among them, and at the end what is on its way, each with a `key` and `at`, its time. */
  items(outgoing) {
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
    outgoing.forEach((sent) => items.push({ key: sent.clientMsgId, at: sent.queuedAt, outgoing: sent }));
    return items;
  }

  #absorb() {
    for (const seq of [...this.#early.keys()].sort((a, b) => a - b)) {
      if (seq > this.highest + 1) {
        return false;
      }
      if (seq > this.highest) {
        this.messages.push(this.#early.get(seq));
      }
      this.#early.delete(seq);
    }
    return true;
  }
}
