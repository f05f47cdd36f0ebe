const WAIT_MILLIS = 250;
const RETRY_MILLIS = 1_000;
/** Limits the waiting for clients that always have a message in flight. */
const MAX_WAITS = 12;

/**
 * Has gaps between live messages filled. It waits a moment first, because the answer to an own message may close the gap:
 * the server does not push own messages.
 */
export class GapWatcher {
  #rooms;
  #outbox;
  #timers;
  #fill;
  #link = null;
  #timer = null;
  #waits = 0;

  /** @param {(link: object) => Promise<void>} fill fetches the missing messages of all rooms */
  constructor({ rooms, outbox, timers }, fill) {
    this.#rooms = rooms;
    this.#outbox = outbox;
    this.#timers = timers;
    this.#fill = fill;
  }

  attach(link) {
    this.#link = link;
    this.check();
  }

  detach() {
    this.#link = null;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  check() {
    if (this.#link !== null && this.#timer === null && this.#rooms.withGaps().length > 0) {
      this.#timer = this.#timers.setTimeout(() => this.#run(this.#link), WAIT_MILLIS);
    }
  }

  async #run(link) {
    const rooms = this.#rooms.withGaps();
    let wait = WAIT_MILLIS;
    const mayCloseByAnswer = rooms.every(([roomId]) => this.#outbox.hasInFlightFor(roomId)) && this.#waits++ < MAX_WAITS;
    if (rooms.length > 0 && !mayCloseByAnswer) {
      this.#waits = 0;
      wait = await this.#tryToFill(link);
    }
    if (link === this.#link) {
      const isDone = this.#rooms.withGaps().length === 0;
      this.#timer = isDone ? null : this.#timers.setTimeout(() => this.#run(link), wait);
    }
  }

  /** @returns the time to wait before the next attempt, in milliseconds */
  async #tryToFill(link) {
    try {
      await this.#fill(link);
      return RETRY_MILLIS;
    } catch (error) {
      if (error.retryAfter === undefined && link === this.#link) {
        link.end();
      }
      return RETRY_MILLIS + (error.retryAfter ?? 0) * 1000;
    }
  }
}
