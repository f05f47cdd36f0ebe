const FIRST_PAGE_SIZE = 50;
/** The server's limit. */
const MAX_PAGE_SIZE = 100;

/** Loads a room's history backwards from the newest message, and fills gaps before new messages. */
export class HistoryLoader {
  #client;
  #changed;

  /** @param {(key: string) => void} changed called when a room's messages or its loading state have changed */
  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Loads the next older page, or the newest one if nothing is loaded. */
  async loadOlder(room) {
    if (room.isLoading || room.isComplete) {
      return;
    }
    room.isLoading = true;
    room.hasFailed = false;
    this.#changed(room.key);
    try {
      await (room.isLoaded ? this.#loadBefore(room) : this.#loadNewest(room));
    } catch {
      room.hasFailed = true;
    } finally {
      room.isLoading = false;
      this.#changed(room.key);
    }
  }

  /** Loads the messages between the loaded ones and those that have arrived since. */
  async fillGap(room) {
    if (room.isFillingGap) {
      return;
    }
    room.isFillingGap = true;
    try {
      await this.#loadAfter(room);
    } catch {
      // The room is loaded again on reconnect, when it is opened, or when the user retries.
      room.clear();
      room.hasFailed = true;
    } finally {
      room.isFillingGap = false;
      this.#changed(room.key);
    }
  }

  async #loadBefore(room) {
    room.prepend(await this.#client.historyPage(room.key, { beforeSeq: room.lowest, pageSize: MAX_PAGE_SIZE }));
  }

  async #loadNewest(room) {
    const page = await this.#client.historyPage(room.key, { pageSize: FIRST_PAGE_SIZE });
    if (!room.replaceMessages(page)) {
      await this.#loadAfter(room);
    }
  }

  /** Loads one page after the newest message. If that leaves a gap, starts over with the newest page. */
  async #loadAfter(room) {
    const page = await this.#client.historyPage(room.key, { afterSeq: room.highest, pageSize: MAX_PAGE_SIZE });
    const isContiguous = page.map((message) => room.add(message)).at(-1) ?? true;
    if (!isContiguous) {
      room.clear();
      room.replaceMessages(await this.#client.historyPage(room.key, { pageSize: FIRST_PAGE_SIZE }));
    }
  }
}
