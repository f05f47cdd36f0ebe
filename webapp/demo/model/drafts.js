import { ofTab } from "../storage.js";

/** What was written and not sent, by conversation; outlives a reload of the tab. */
export class Drafts {
  #prefix;

  constructor(userId) {
    this.#prefix = `simpleim.demo.draft.${userId}.`;
  }

  get(key) {
    return ofTab.getItem(this.#prefix + key) ?? "";
  }

  set(key, text) {
    if (text.trim() === "") {
      ofTab.removeItem(this.#prefix + key);
    } else {
      ofTab.setItem(this.#prefix + key, text);
    }
  }

  /** Another key of the same conversation. */
  move(from, to) {
    this.set(to, this.get(to) || this.get(from));
    this.set(from, "");
  }

  clear() {
    Array.from(ofTab, (_, index) => ofTab.key(index))
      .filter((name) => name.startsWith(this.#prefix))
      .forEach((name) => ofTab.removeItem(name));
  }
}
