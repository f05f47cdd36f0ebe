const STORE_KEY = "outbox";

/**
 * The outbox, stored across reloads. The user's tabs share it: each entry names the tab that sends it, and a tab changes
 * only its own entries.
 */
export class OutboxStore {
  #store = null;
  #changed = new Map();
  #isScheduled = false;

  /** Called once the user is known. Nothing is written before. */
  open(store) {
    this.#store = store;
    this.save();
  }

  /** The entry is written before the browser runs another task. */
  put(entry) {
    this.#change(entry.clientMsgId, entry);
  }

  remove(clientMsgId) {
    this.#change(clientMsgId, null);
  }

  /** Transfers the entries of tabs that are gone to this tab. @returns the transferred entries, oldest first */
  adopt(tab, alive) {
    if (this.#store === null) {
      return [];
    }
    this.save();
    const orphans = this.#load().filter((entry) => !alive.has(entry.tab));
    orphans.forEach((entry) => this.put({ ...entry, tab }));
    this.save();
    return orphans.map((entry) => ({ ...entry, tab }));
  }

  save() {
    this.#isScheduled = false;
    if (this.#store === null || this.#changed.size === 0) {
      return;
    }
    const entries = new Map(this.#load().map((entry) => [entry.clientMsgId, entry]));
    for (const [id, entry] of this.#changed) {
      if (entry === null) {
        entries.delete(id);
      } else {
        entries.set(id, entry);
      }
    }
    this.#changed.clear();
    if (entries.size === 0) {
      this.#store.remove(STORE_KEY);
    } else {
      this.#store.write(STORE_KEY, [...entries.values()]);
    }
  }

  /** Removes all entries and forgets the user. */
  clear() {
    this.#changed.clear();
    this.#store?.remove(STORE_KEY);
    this.#store = null;
  }

  /** Combines the changes of one task into one write. */
  #change(id, entry) {
    this.#changed.set(id, entry);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      queueMicrotask(() => this.save());
    }
  }

  #load() {
    const stored = this.#store.read(STORE_KEY);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry?.clientMsgId === "string") : [];
  }
}
