/**
 * JSON values in `localStorage` or a replacement, or in memory without one. Storage that fails (forbidden, full) causes one
 * warning and no error.
 */
export class JsonStore {
  #storage;
  #prefix;
  #memory = new Map();
  #hasWarned = false;

  constructor(storage, prefix) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  read(name) {
    try {
      const text = this.#storage ? this.#storage.getItem(this.#prefix + name) : (this.#memory.get(name) ?? null);
      return text === null ? null : JSON.parse(text);
    } catch (error) {
      this.#warn(error);
      return null;
    }
  }

  write(name, value) {
    const text = JSON.stringify(value);
    if (!this.#storage) {
      this.#memory.set(name, text);
      return;
    }
    try {
      this.#storage.setItem(this.#prefix + name, text);
    } catch (error) {
      this.#warn(error);
    }
  }

  remove(name) {
    this.#memory.delete(name);
    try {
      this.#storage?.removeItem(this.#prefix + name);
    } catch (error) {
      this.#warn(error);
    }
  }

  #warn(error) {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      console.warn("SimpleIM cannot keep its state across reloads:", error);
    }
  }
}

/** @returns the page's `localStorage`, or null if it is missing or forbidden */
export function pageStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
