import { CatchUp } from "./catch-up.js";
import { Cursors } from "./cursors.js";
import { GapWatcher } from "./gap-watcher.js";
import { JsonStore } from "./store.js";

/** Brings a new connection up to date, sends what waits, and keeps the user's state in storage. */
export class Synchronizer {
  #inbox;
  #outbox;
  #outboxStore;
  #tabs;
  #tokens;
  #api;
  /** The parts that only need to know the connection. */
  #notifiers;
  #options;
  #gapWatcher;
  /** The user's store; null while the user is unknown. */
  #store = null;
  #catchUp = null;

  /**
   * @param {{inbox: object, outbox: object, outboxStore: object, tabs: object, tokens: object, api: object,
   *     notifiers: {attach(link: object): void, detach(): void}[], options: object}} parts
   */
  constructor({ inbox, outbox, outboxStore, tabs, tokens, api, notifiers, options }) {
    this.#inbox = inbox;
    this.#outbox = outbox;
    this.#outboxStore = outboxStore;
    this.#tabs = tabs;
    this.#tokens = tokens;
    this.#api = api;
    this.#notifiers = notifiers;
    this.#options = options;
    const { timers } = options;
    this.#gapWatcher = new GapWatcher({ rooms: inbox.rooms, outbox, timers }, (link) => this.#catchUp.run(link));
  }

  openStore(userId) {
    this.#store = new JsonStore(this.#options.storage, `simpleim:${this.#options.base.href}:${userId}:`);
    this.#outboxStore.open(this.#store);
    this.#adoptMessages();
  }

  /** Attaches a new connection, and resolves when nothing is missing. */
  async attach(link) {
    this.#inbox.cursors ??= new Cursors(this.#store, this.#options.timers);
    this.#catchUp ??= new CatchUp({
      rooms: this.#inbox.rooms,
      cursors: this.#inbox.cursors,
      api: this.#api,
      tokens: this.#tokens,
      raise: (event, detail) => this.#inbox.raise(event, detail),
      options: this.#options,
    });
    this.#inbox.rooms.dropHeld();
    this.#notifiers.forEach((notifier) => notifier.attach(link));
    const caughtUp = this.#catchUp.run(link);
    this.#outbox.attach(link);
    this.#adoptMessages();
    await caughtUp;
    this.#gapWatcher.attach(link);
  }

  detach() {
    this.#gapWatcher.detach();
    this.#outbox.detach();
    this.#notifiers.forEach((notifier) => notifier.detach());
  }

  checkGaps() {
    this.#gapWatcher.check();
  }

  save() {
    this.#inbox.cursors?.save();
    this.#outboxStore.save();
  }

  /** Forgets the user's messages, rooms and stored state. */
  clear() {
    this.#outbox.clear();
    this.#inbox.clear();
    this.#catchUp = null;
  }

  /** Takes over unsent messages of tabs that are gone. */
  async #adoptMessages() {
    this.#outbox.adopt(await this.#tabs.alive());
  }
}
