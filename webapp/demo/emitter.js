/** Who wants to know of what. */
export class Emitter {
  #listeners = new Map();

  /** @returns a function that takes the listener away again */
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
