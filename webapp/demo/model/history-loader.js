const FIRST_PAGE = 50;
/** What the server gives at most. */
const PAGE = 100;

/** Loads what was said in a room, from the newest backwards, and what a room lacks before it can show what came in. */
export class HistoryLoader {
  #client;
  #changed;

  /** @param {(key: string) => void} changed is called when there is more of a room, or it is being loaded */
  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** The page before what is there, or the newest one. */
  async older(room) {
    if (room.isLoading || room.isComplete) {
      return;
    }
    room.isLoading = true;
    room.hasFailed = false;
    this.#changed(room.key);
    try {
      await (room.isLoaded ? this.#before(room) : this.#newest(room));
    } catch {
      room.hasFailed = true;
    } finally {
      room.isLoading = false;
      this.#changed(room.key);
    }
  }

  /** What lies between what is there and what has come in. */
  async fillHole(room) {
    if (room.isFilling) {
      return;
    }
    room.isFilling = true;
    try {
      await this.#fill(room);
    } catch {
      // Loaded anew when the connection is back, when it is opened, or when the user asks for it.
      room.forget();
      room.hasFailed = true;
    } finally {
      room.isFilling = false;
      this.#changed(room.key);
    }
  }

  async #before(room) {
    room.prepend(await this.#client.historyPage(room.key, { beforeSeq: room.lowest, pageSize: PAGE }));
  }

  async #newest(room) {
    const page = await this.#client.historyPage(room.key, { pageSize: FIRST_PAGE });
    if (!room.startWith(page)) {
      await this.#fill(room);
    }
  }

  /** A page; if more is missing, begins anew at the newest. */
  async #fill(room) {
    const page = await this.#client.historyPage(room.key, { afterSeq: room.highest, pageSize: PAGE });
    const isFull = page.map((message) => room.add(message)).at(-1) ?? true;
    if (!isFull) {
      room.forget();
      room.startWith(await this.#client.historyPage(room.key, { pageSize: FIRST_PAGE }));
    }
  }
}
