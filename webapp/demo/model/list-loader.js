import { chatKey } from "./conversation-list.js";

const PAGE_SIZE = 50;
/** The server's limit. */
const MAX_PAGE_SIZE = 100;
/** Maximum number of pages that a search or a refresh loads. */
const MAX_PAGES = 10;
const REFRESH_MILLIS = 100;

/** Loads the conversation list page by page, and refreshes it after changes that no event describes. */
export class ListLoader {
  /** Whether the whole list is loaded. */
  isComplete = false;
  #client;
  #conversations;
  #handlers;
  #isLoading = false;
  /** Whether the last page failed to load. The next refresh clears it. */
  #hasFailed = false;
  #timer;

  /**
   * @param {{isOnline: () => boolean, loaded: (items) => void, removed: (key: string) => void, changed: () => void,
   *     failed: (error) => void}} handlers
   */
  constructor(client, conversations, handlers) {
    this.#client = client;
    this.#conversations = conversations;
    this.#handlers = handlers;
  }

  /** Loads the next page, if there is one. */
  async loadMore() {
    if (this.#isLoading || this.#hasFailed || this.isComplete || !this.#handlers.isOnline()) {
      return;
    }
    this.#isLoading = true;
    try {
      // Entries that left the list moved the others up. An overlapping page skips none of them.
      const page = Math.floor(this.#conversations.size / PAGE_SIZE) + 1;
      this.#merge(await this.#client.conversations({ page, pageSize: PAGE_SIZE }), PAGE_SIZE);
    } catch (error) {
      this.#hasFailed = true;
      this.#handlers.failed(error);
    } finally {
      this.#isLoading = false;
      this.#handlers.changed();
    }
  }

  /** Reloads the loaded part of the list, and reports the rooms that are no longer in it. */
  async refresh() {
    const before = this.#conversations.keys().filter((key) => !key.startsWith("user:"));
    const pages = Math.min(MAX_PAGES, Math.max(1, Math.ceil(before.length / MAX_PAGE_SIZE)));
    const found = new Set();
    for (let page = 1; page <= pages; page++) {
      const items = await this.#client.conversations({ page, pageSize: MAX_PAGE_SIZE });
      items.forEach((item) => found.add(item.roomId));
      this.#merge(items, MAX_PAGE_SIZE);
      if (this.isComplete) {
        break;
      }
    }
    if (this.isComplete) {
      await this.#reportRemoved(before.filter((key) => !found.has(key)));
    }
    this.#hasFailed = false;
    this.#handlers.changed();
  }

  /** A new message may move a room to a page that was already read, so missing rooms are checked one by one. */
  async #reportRemoved(missing) {
    for (const key of missing) {
      try {
        await this.#client.members(key, { pageSize: 1 });
      } catch (error) {
        if (error.code === "not_in_room" || error.code === "room_not_found") {
          this.#handlers.removed(key);
        }
      }
    }
  }

  /** Refreshes after a short delay, which combines the requests of several events. */
  refreshSoon() {
    this.stop();
    // Coming online triggers a refresh anyway.
    if (this.#handlers.isOnline()) {
      this.#timer = setTimeout(() => this.refresh().catch(this.#handlers.failed), REFRESH_MILLIS);
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Searches the first pages of the list. @returns the entry of a room or chat, or undefined */
  async find(key) {
    const matches = (item) => item.roomId === key || (item.roomType === 1 && chatKey(item.peerUserId) === key);
    for (let page = 1; page <= MAX_PAGES; page++) {
      const items = await this.#client.conversations({ page, pageSize: MAX_PAGE_SIZE });
      const found = items.find(matches);
      if (found) {
        this.#conversations.merge([found]);
        return this.#conversations.get(found.roomId);
      }
      if (items.length < MAX_PAGE_SIZE) {
        break;
      }
    }
    return undefined;
  }

  #merge(items, pageSize) {
    this.isComplete = items.length < pageSize;
    this.#conversations.merge(items);
    this.#handlers.loaded(items);
  }
}
