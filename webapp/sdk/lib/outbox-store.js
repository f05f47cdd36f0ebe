const NAME = "outbox";

/**
 * What is not stored on the server yet, over reloads. Shared by the tabs of a user: each entry names the tab that sends it,
 * and a tab changes only its own.
 */
export class OutboxStore {
  #store = null;
  #changed = new Map();
  #isScheduled = false;

  /** Until it is known whose it is, nothing is kept. */
  open(store) {
    this.#store = store;
    this.save();
  }

  /** Keeps an entry, at the latest before the page does anything else. */
  put(entry) {
    this.#change(entry.clientMsgId, entry);
  }

  remove(clientMsgId) {
    this.#change(clientMsgId, null);
  }

  /** Makes the entries of tabs that are gone those of this one. @returns them, oldest first */
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
      this.#store.remove(NAME);
    } else {
      this.#store.write(NAME, [...entries.values()]);
    }
  }

  /** Forgets all, and whose it is. */
  clear() {
    this.#changed.clear();
    this.#store?.remove(NAME);
    this.#store = null;
  }

  /** Once for all that is queued in one go. */
  #change(id, entry) {
    this.#changed.set(id, entry);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      queueMicrotask(() => this.save());
    }
  }

  #load() {
    const kept = this.#store.read(NAME);
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.clientMsgId === "string") : [];
  }
}
