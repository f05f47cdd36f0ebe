/** Maximum number of rows in the page. */
const MAX_ROWS = 200;
/** Number of rows by which the window moves. */
const STEP = 50;

/** The range of items that have rows in the page. Its ends are tied to items, so added items do not move it. */
export class RowWindow {
  #items = [];
  /** The key of the first item; null: a fixed number of rows before the end. */
  #firstKey = null;
  /** The key of the last item; null: the newest item. */
  #lastKey = null;

  setItems(items) {
    this.#items = items;
  }

  /** The index of the first item. */
  get start() {
    const start = this.#firstKey === null ? this.end - 2 * STEP : this.#indexOf(this.#firstKey);
    return Math.max(0, start, this.end - MAX_ROWS);
  }

  /** The index after the last item. */
  get end() {
    const { length } = this.#items;
    return this.#lastKey === null ? length : this.#indexOf(this.#lastKey) + 1 || length;
  }

  /** Whether the window ends with the newest item. */
  get isAtEnd() {
    return this.#lastKey === null;
  }

  /** Whether only a few items remain above the window. */
  get isNearStart() {
    return this.start < 2 * STEP;
  }

  /** Follows the newest items from now on. */
  followEnd() {
    this.#firstKey = null;
    this.#lastKey = null;
  }

  /** @param {string | null} key of the item where the window starts from now on */
  fixStart(key) {
    this.#firstKey = key;
  }

  moveUp() {
    const start = Math.max(0, this.start - STEP);
    this.#set(start, Math.min(this.end, start + MAX_ROWS));
  }

  moveDown() {
    const end = Math.min(this.#items.length, this.end + STEP);
    this.#set(Math.max(this.start, end - MAX_ROWS), end);
  }

  #set(start, end) {
    this.#firstKey = this.#items[start]?.key ?? null;
    this.#lastKey = end >= this.#items.length ? null : this.#items[end - 1].key;
  }

  #indexOf(key) {
    return this.#items.findIndex((item) => item.key === key);
  }
}
