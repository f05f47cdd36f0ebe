const PATIENCE_MILLIS = 250;
const AGAIN_MILLIS = 1_000;
/** So often at most: some clients always have something under way. */
const MOST_WAITS = 12;

/**
 * Has holes filled that live messages leave. Waits a moment first: the answer to a message of this client's may be on its
 * way, which takes a number and is not pushed.
 */
export class HoleWatch {
  #rooms;
  #outbox;
  #timers;
  #fill;
  #link = null;
  #timer = null;
  #waits = 0;

  /** @param {(link: object) => Promise<void>} fill */
  constructor({ rooms, outbox, timers }, fill) {
    this.#rooms = rooms;
    this.#outbox = outbox;
    this.#timers = timers;
    this.#fill = fill;
  }

  attach(link) {
    this.#link = link;
    this.look();
  }

  detach() {
    this.#link = null;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  look() {
    if (this.#link !== null && this.#timer === null && this.#rooms.missing().length > 0) {
      this.#timer = this.#timers.setTimeout(() => this.#act(this.#link), PATIENCE_MILLIS);
    }
  }

  async #act(link) {
    const missing = this.#rooms.missing();
    let wait = PATIENCE_MILLIS;
    const mayComeByItself = missing.every(([roomId]) => this.#outbox.mayConcern(roomId)) && this.#waits++ < MOST_WAITS;
    if (missing.length > 0 && !mayComeByItself) {
      this.#waits = 0;
      wait = await this.#tryToFill(link);
    }
    if (link === this.#link) {
      this.#timer = this.#rooms.missing().length === 0 ? null : this.#timers.setTimeout(() => this.#act(link), wait);
    }
  }

  /** @returns how long to wait before the next time, if there is still a hole */
  async #tryToFill(link) {
    try {
      await this.#fill(link);
      return AGAIN_MILLIS;
    } catch (error) {
      if (error.retryAfter === undefined && link === this.#link) {
        link.end();
      }
      return AGAIN_MILLIS + (error.retryAfter ?? 0) * 1000;
    }
  }
}
