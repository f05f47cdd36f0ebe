import { tabStorage } from "../storage.js";

/** Unfinished messages by conversation. They survive a reload of the tab. */
export class Drafts {
  #prefix;

  constructor(userId) {
    this.#prefix = `simpleim.demo.draft.${userId}.`;
  }

  get(key) {
    return tabStorage.getItem(this.#prefix + key) ?? "";
  }

  set(key, text) {
    if (text.trim() === "") {
      tabStorage.removeItem(this.#prefix + key);
    } else {
      tabStorage.setItem(this.#prefix + key, text);
    }
  }

  /** Moves a draft when the conversation's key changes. */
  move(from, to) {
    this.set(to, this.get(to) || this.get(from));
    this.set(from, "");
  }

  clear() {
    Array.from(tabStorage, (_, index) => tabStorage.key(index))
      .filter((name) => name.startsWith(this.#prefix))
      .forEach((name) => tabStorage.removeItem(name));
  }
}
