/** What was written and not sent, by conversation; outlives a reload of the tab. */
export class Drafts {
  #prefix;

  constructor(userId) {
    this.#prefix = `simpleim.demo.draft.${userId}.`;
  }

  get(key) {
    return sessionStorage.getItem(this.#prefix + key) ?? "";
  }

  set(key, text) {
    if (text.trim() === "") {
      sessionStorage.removeItem(this.#prefix + key);
    } else {
      sessionStorage.setItem(this.#prefix + key, text);
    }
  }

  /** Another key of the same conversation. */
  move(from, to) {
    this.set(to, this.get(to) || this.get(from));
    this.set(from, "");
  }

  clear() {
    Object.keys(sessionStorage)
      .filter((name) => name.startsWith(this.#prefix))
      .forEach((name) => sessionStorage.removeItem(name));
  }
}
