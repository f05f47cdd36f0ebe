/** Listeners by event. An exception of one listener is reported and does not affect the others. */
export class Emitter {
  #listeners = new Map();

  /** @returns a function that removes the listener */
  on(event, listener) {
    if (typeof listener !== "function") {
      throw new TypeError("the listener has to be a function");
    }
    const entry = { listener };
    const entries = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, entries.add(entry));
    return () => entries.delete(entry);
  }

  emit(event, detail) {
    for (const { listener } of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** Reports an error like an uncaught one: on the console and to `window.onerror`. */
function report(error) {
  if (typeof globalThis.reportError === "function") {
    globalThis.reportError(error);
  } else {
    console.error(error);
  }
}
