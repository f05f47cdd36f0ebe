const NAME = "cursors";
const SAVED_EVERY_MILLIS = 500;

/**
 * How far each room has been delivered, over reloads. Shared by the tabs of a user: what is kept only grows, whichever of
 * them writes, but for a room that was set back.
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

  /** @returns {Record<string, number> | null} null if this device has never been up to date */
  load() {
    const kept = this.#store.read(NAME);
    if (kept === null || typeof kept !== "object") {
      return null;
    }
    return Object.fromEntries(Object.entries(kept).filter(([, seq]) => Number.isSafeInteger(seq) && seq >= 0));
  }

  /** The room has been delivered up to there. */
  grow(roomId, seq) {
    const change = this.#changed.get(roomId);
    this.#change(roomId, { seq, isNew: change?.isNew ?? false });
  }

  /** The room was set back: what was kept of it does not count. */
  reset(roomId) {
    this.#change(roomId, { seq: 0, isNew: true });
  }

  forget(roomId) {
    this.#change(roomId, { seq: undefined, isNew: true });
  }

  #change(roomId, change) {
    this.#changed.set(roomId, change);
    this.#timer ??= this.#timers.setTimeout(() => this.save(), SAVED_EVERY_MILLIS);
  }

  /** Keeps what has changed. @param isComplete whether all rooms are known now */
  save(isComplete = false) {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    const kept = this.load();
    if (kept === null && !isComplete) {
      // Else a reload in the middle of the first sync would take the rooms that are not in it for new ones.
      return;
    }
    const seqs = kept ?? {};
    for (const [roomId, { seq, isNew }] of this.#changed) {
      seqs[roomId] = isNew ? seq : Math.max(seqs[roomId] ?? 0, seq);
    }
    this.#changed.clear();
    this.#store.write(NAME, seqs);
  }

  /** Forgets all. */
  clear() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#changed.clear();
    this.#store.remove(NAME);
  }
}
