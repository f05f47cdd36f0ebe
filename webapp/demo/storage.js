/** What a browser keeps for a page. Where it may not keep anything, it lasts as long as the page does. */
class Memory {
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

export const ofTab = orMemory(() => sessionStorage);
export const ofBrowser = orMemory(() => localStorage);

/** A page whose user allows no cookies may not even ask for its storage. */
function orMemory(storage) {
  try {
    return storage();
  } catch {
    return new Memory();
  }
}
