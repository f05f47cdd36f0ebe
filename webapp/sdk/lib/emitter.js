/** Listeners by event. What one of them throws is reported as uncaught, and keeps nothing from the others. */
export class Emitter {
  #listeners = new Map();

  /** @returns a function that takes the listener away again */
  on(event, listener) {
    if (typeof listener !== "function") {
      throw new TypeError("a listener is a function");
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

/** As the browser reports what nobody catches: on the console, and to `window.onerror`. */
function report(error) {
  if (typeof globalThis.reportError === "function") {
    globalThis.reportError(error);
  } else {
    console.error(error);
  }
}
