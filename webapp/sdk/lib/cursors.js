const STORE_KEY = "cursors";
const SAVE_INTERVAL_MILLIS = 500;

/**
 * The last delivered `seq` of each room, stored across reloads. The user's tabs share it, so writes only advance it, unless
 * a room was set back or forgotten.
 */
export class Cursors {
  #store;
  #timers;
  #changed = new Map();
  #timer = null;

  constructor(store, timers) {
    this.#store = store;
    this.#timers = timers;
  }

  /** @returns {Record<string, number> | null} cursors by room id; null if this device has never been up to date */
  load() {
    const stored = this.#store.read(STORE_KEY);
    if (stored === null || typeof stored !== "object") {
      return null;
    }
    return Object.fromEntries(Object.entries(stored).filter(([, seq]) => Number.isSafeInteger(seq) && seq >= 0));
  }

  advance(roomId, seq) {
    const change = this.#changed.get(roomId);
    this.#change(roomId, { seq, replaces: change?.replaces ?? false });
  }

  /** Starts the room at 0, because its store was set back. */
  reset(roomId) {
    this.#change(roomId, { seq: 0, replaces: true });
  }

  forget(roomId) {
    this.#change(roomId, { seq: undefined, replaces: true });
  }

  #change(roomId, change) {
    this.#changed.set(roomId, change);
    this.#timer ??= this.#timers.setTimeout(() => this.save(), SAVE_INTERVAL_MILLIS);
  }

  /** Writes the changes. @param isComplete whether all rooms are known now */
  save(isComplete = false) {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    const stored = this.load();
    if (stored === null && !isComplete) {
      // After a reload during the first sync, rooms missing from the store would count as new.
      return;
    }
    const seqs = stored ?? {};
    for (const [roomId, { seq, replaces }] of this.#changed) {
      seqs[roomId] = replaces ? seq : Math.max(seqs[roomId] ?? 0, seq);
    }
    this.#changed.clear();
    this.#store.write(STORE_KEY, seqs);
  }

  /** Removes all cursors from the store. */
  clear() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#changed.clear();
    this.#store.remove(STORE_KEY);
  }
}
