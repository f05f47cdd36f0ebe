/** Browser storage, or memory that lasts as long as the page if the browser forbids storage. */

class MemoryStorage {
  #values = new Map();

  get length() {
    return this.#values.size;
  }

  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(name) {
    return this.#values.get(name) ?? null;
  }

  setItem(name, value) {
    this.#values.set(name, value);
  }

  removeItem(name) {
    this.#values.delete(name);
  }
}

export const tabStorage = storageOrMemory(() => sessionStorage);
export const browserStorage = storageOrMemory(() => localStorage);

/** If the user blocks cookies, even reading the storage property throws. */
function storageOrMemory(storage) {
  try {
    return storage();
  } catch {
    return new MemoryStorage();
  }
}
