/** Event listeners by event name. */
export class Emitter {
  #listeners = new Map();

  /** @returns a function that removes the listener */
  on(event, listener) {
    if (!this.#listeners.has(event)) {
      this.#listeners.set(event, new Set());
    }
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  emit(event, detail) {
    this.#listeners.get(event)?.forEach((listener) => listener(detail));
  }
}
