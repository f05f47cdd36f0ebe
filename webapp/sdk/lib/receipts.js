import { passes } from "./errors.js";

/** In one go; the server takes some hundred frames a second. */
const MOST_AT_ONCE = 50;

/** Tells the server how far the user has got or read: of each room the highest number alone, until it is answered. */
export class Receipts {
  #op;
  #everyMillis;
  #timers;
  #toTell = new Map();
  #told = new Map();
  #link = null;
  #timer = null;

  /** @param {"ack" | "read"} op */
  constructor(op, everyMillis, timers) {
    this.#op = op;
    this.#everyMillis = everyMillis;
    this.#timers = timers;
  }

  note(roomId, seq) {
    if (seq > Math.max(this.#toTell.get(roomId) ?? 0, this.#told.get(roomId) ?? 0)) {
      this.#toTell.set(roomId, seq);
      this.#schedule();
    }
  }

  forget(roomId) {
    this.#toTell.delete(roomId);
    this.#told.delete(roomId);
  }

  /** Forgets all: another user's would be told in the name of the next. */
  clear() {
    this.#toTell.clear();
    this.#told.clear();
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
    if (this.#link !== null && this.#toTell.size > 0) {
      this.#timer ??= this.#timers.setTimeout(() => this.#tell(), this.#everyMillis);
    }
  }

  #tell() {
    this.#timer = null;
    for (const [roomId, seq] of [...this.#toTell].slice(0, MOST_AT_ONCE)) {
      this.#toTell.delete(roomId);
      this.#told.set(roomId, seq);
      this.#link.request({ op: this.#op, room_id: roomId, seq }).catch((error) => {
        if (this.#told.get(roomId) === seq) {
          this.#told.delete(roomId);
          if (passes(error)) {
            this.note(roomId, seq);
          }
        }
      });
    }
    this.#schedule();
  }
}
