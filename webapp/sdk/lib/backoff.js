/**
 * The delay before the next attempt: a random part ("full jitter") of a maximum that doubles with each failure. Clients
 * that lost the same server do not all come back at once.
 */
export class Backoff {
  #firstMillis;
  #longestMillis;
  #random;
  #failures = 0;

  constructor({ firstMillis = 500, longestMillis = 30_000 } = {}, random = Math.random) {
    this.#firstMillis = firstMillis;
    this.#longestMillis = longestMillis;
    this.#random = random;
  }

  /** @returns milliseconds */
  next() {
    const limit = Math.min(this.#longestMillis, this.#firstMillis * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return this.#random() * limit;
  }

  /** The delay after a request to slow down: between half and all of the maximum. @returns milliseconds */
  longest() {
    return (this.#longestMillis * (1 + this.#random())) / 2;
  }

  reset() {
    this.#failures = 0;
  }
}
