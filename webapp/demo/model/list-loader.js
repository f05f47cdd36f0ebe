import { chatKey } from "./conversations.js";

const PAGE = 50;
/** What the server gives at most. */
const LARGEST_PAGE = 100;
/** Pages that a conversation is looked for in, or that are loaded anew. */
const DEEPEST = 10;
const REFRESH_MILLIS = 100;

/** Loads the conversation list: page by page as it is scrolled, and anew when something happened that no event tells. */
export class ListLoader {
  /** Whether the last conversation is in the list. */
  hasAll = false;
  #client;
  #conversations;
  #handlers;
  #isLoading = false;
  /** Not tried again before the list as a whole has been asked for. */
  #hasFailed = false;
  #timer;

  /**
   * @param {{isOnline: () => boolean, loaded: (items) => void, gone: (key: string) => void, changed: () => void,
   *     failed: (error) => void}} handlers
   */
  constructor(client, conversations, handlers) {
    this.#client = client;
    this.#conversations = conversations;
    this.#handlers = handlers;
  }

  /** Loads the next page, unless all is there. */
  async more() {
    if (this.#isLoading || this.#hasFailed || this.hasAll || !this.#handlers.isOnline()) {
      return;
    }
    this.#isLoading = true;
    try {
      // What has left the list since has moved others up: a page that overlaps leaves none out.
      const page = Math.floor(this.#conversations.size / PAGE) + 1;
      this.#take(await this.#client.conversations({ page, pageSize: PAGE }), PAGE);
    } catch (error) {
      this.#hasFailed = true;
      this.#handlers.failed(error);
    } finally {
      this.#isLoading = false;
      this.#handlers.changed();
    }
  }

  /** The list anew, as far as it was loaded; tells of what is in it no more. */
  async refresh() {
    const before = this.#conversations.keys().filter((key) => !key.startsWith("user:"));
    const pages = Math.min(DEEPEST, Math.max(1, Math.ceil(before.length / LARGEST_PAGE)));
    const found = new Set();
    for (let page = 1; page <= pages; page++) {
      const items = await this.#client.conversations({ page, pageSize: LARGEST_PAGE });
      items.forEach((item) => found.add(item.roomId));
      this.#take(items, LARGEST_PAGE);
      if (this.hasAll) {
        break;
      }
    }
    if (this.hasAll) {
      await this.#tellGone(before.filter((key) => !found.has(key)));
    }
    this.#hasFailed = false;
    this.#handlers.changed();
  }

  /** What a message moved from a page that was still to be read to one that had been read is in neither, and is not gone. */
  async #tellGone(missing) {
    for (const key of missing) {
      try {
        await this.#client.members(key, { pageSize: 1 });
      } catch (error) {
        if (error.code === "not_in_room" || error.code === "room_not_found") {
          this.#handlers.gone(key);
        }
      }
    }
  }

  /** Soon: often several events ask for the same. */
  refreshSoon() {
    this.stop();
    // When it is online again, all is asked for.
    if (this.#handlers.isOnline()) {
      this.#timer = setTimeout(() => this.refresh().catch(this.#handlers.failed), REFRESH_MILLIS);
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @returns the entry of a room or chat, looked for as far back as is reasonable; undefined if there is none */
  async find(key) {
    const isIt = (item) => item.roomId === key || (item.roomType === 1 && chatKey(item.peerUserId) === key);
    for (let page = 1; page <= DEEPEST; page++) {
      const items = await this.#client.conversations({ page, pageSize: LARGEST_PAGE });
      const found = items.find(isIt);
      if (found) {
        this.#conversations.merge([found]);
        return this.#conversations.get(found.roomId);
      }
      if (items.length < LARGEST_PAGE) {
        break;
      }
    }
    return undefined;
  }

  #take(items, pageSize) {
    this.hasAll = items.length < pageSize;
    this.#conversations.merge(items);
    this.#handlers.loaded(items);
  }
}
