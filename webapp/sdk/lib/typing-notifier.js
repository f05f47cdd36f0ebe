const INTERVAL_MILLIS = 3_000;

/** Tells a room's members that the user is typing, at most every three seconds. */
export class TypingNotifier {
  #timers;
  #link = null;
  /** Time of the last notification by room. */
  #sentAt = new Map();

  constructor(timers) {
    this.#timers = timers;
  }

  attach(link) {
    this.#link = link;
  }

  detach() {
    this.#link = null;
  }

  notify(roomId) {
    const now = this.#timers.now();
    // The absolute difference also covers a clock that was set back.
    if (this.#link !== null && Math.abs(now - (this.#sentAt.get(roomId) ?? -Infinity)) >= INTERVAL_MILLIS) {
      this.#sentAt.set(roomId, now);
      // A lost notification does no harm.
      this.#link.request({ op: "typing", room_id: roomId }).catch(() => {});
    }
  }
}
