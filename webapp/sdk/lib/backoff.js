/**
 * How long to wait before the next try: a random part ("full jitter") of a time that doubles with each failure, so that
 * thousands of clients that lost the same server do not come back at the same moments.
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

  next() {
    const most = Math.min(this.#longestMillis, this.#firstMillis * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return this.#random() * most;
  }

  /** For who was told to slow down: as long as it gets, the last half of it at random. */
  longest() {
    return (this.#longestMillis * (1 + this.#random())) / 2;
  }

  reset() {
    this.#failures = 0;
  }
}
