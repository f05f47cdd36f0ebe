import { isTransient } from "./errors.js";

/** The server limits the rate of frames. */
const MAX_PER_INTERVAL = 50;

/** Sends receipts, which acknowledge or mark as read all messages of a room up to a `seq`. Resends unanswered ones. */
export class Receipts {
  #op;
  #intervalMillis;
  #timers;
  #pending = new Map();
  #sent = new Map();
  #link = null;
  #timer = null;

  /** @param {"ack" | "read"} op */
  constructor(op, intervalMillis, timers) {
    this.#op = op;
    this.#intervalMillis = intervalMillis;
    this.#timers = timers;
  }

  /** Schedules a receipt; only the highest `seq` of a room is sent. */
  note(roomId, seq) {
    if (seq > Math.max(this.#pending.get(roomId) ?? 0, this.#sent.get(roomId) ?? 0)) {
      this.#pending.set(roomId, seq);
      this.#schedule();
    }
  }

  forget(roomId) {
    this.#pending.delete(roomId);
    this.#sent.delete(roomId);
  }

  /** Forgets all receipts, so that none is sent in the next user's name. */
  clear() {
    this.#pending.clear();
    this.#sent.clear();
  }

  attach(link) {
    this.#link = link;
    this.#schedule();
  }

  detach() {
    this.#link = null;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule() {
    if (this.#link !== null && this.#pending.size > 0) {
      this.#timer ??= this.#timers.setTimeout(() => this.#send(), this.#intervalMillis);
    }
  }

  #send() {
    this.#timer = null;
    for (const [roomId, seq] of [...this.#pending].slice(0, MAX_PER_INTERVAL)) {
      this.#pending.delete(roomId);
      this.#sent.set(roomId, seq);
      this.#link.request({ op: this.#op, room_id: roomId, seq }).catch((error) => {
        if (this.#sent.get(roomId) === seq) {
          this.#sent.delete(roomId);
          if (isTransient(error)) {
            this.note(roomId, seq);
          }
        }
      });
    }
    this.#schedule();
  }
}
