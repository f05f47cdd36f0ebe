import { ImError, isTransient } from "./errors.js";
import { targetOf, toFrame, toOutgoing, toStored } from "./outbox-entry.js";
import { uuid } from "./tabs.js";

/** The server ends a connection after too many refused messages. */
const MAX_IN_FLIGHT = 20;
/** Attempts that may end in `internal_error` before the message fails. */
const MAX_SERVER_ERRORS = 5;

/**
 * Sends messages until they are answered, under the same `client_msg_id` each time. Messages to one room or user are sent
 * one after another, so that they are stored in order.
 */
export class Outbox {
  #entries = new Map();
  #promises = new Map();
  #inFlight = new Set();
  #link = null;
  /** Set while sending is paused. */
  #timer = null;
  /** The server's delay of the current pause, or 0. */
  #retryAfterSeconds = 0;

  #store;
  #tab;
  #timers;
  #backoff;
  #maxQueued;
  #changed;
  #toMessage;

  /**
   * @param {{store: object, tab: string, timers: object, backoff: object, maxQueued: number}} parts
   * @param {{changed(outgoing: object): void, toMessage(entry: object, data: object): object}} handlers `toMessage` builds
   *     the message from the data of an answer
   */
  constructor({ store, tab, timers, backoff, maxQueued }, { changed, toMessage }) {
    this.#store = store;
    this.#tab = tab;
    this.#timers = timers;
    this.#backoff = backoff;
    this.#maxQueued = maxQueued;
    this.#changed = changed;
    this.#toMessage = toMessage;
  }

  /** @param {{toUserId?: string, roomId?: string}} target */
  send(target, text, { clientMsgId = uuid(), type = 1 } = {}) {
    if (this.#entries.size >= this.#maxQueued) {
      return Promise.reject(new ImError("queue_full", `${this.#maxQueued} messages are already waiting`));
    }
    if (this.#entries.has(clientMsgId)) {
      return Promise.reject(new ImError("conflict", "a message with this clientMsgId is on its way"));
    }
    const queuedAt = Math.floor(this.#timers.now() / 1000);
    const entry = { clientMsgId, ...target, text, type, status: "queued", queuedAt, tab: this.#tab };
    this.#entries.set(clientMsgId, entry);
    return this.#queue(entry);
  }

  resend(clientMsgId) {
    const entry = this.#entries.get(clientMsgId);
    if (entry?.status !== "failed") {
      return Promise.reject(new ImError("message_not_found", "no failed message has this clientMsgId"));
    }
    delete entry.error;
    delete entry.defects;
    // Move it behind newer messages.
    this.#entries.delete(clientMsgId);
    this.#entries.set(clientMsgId, entry);
    return this.#queue(entry);
  }

  discard(clientMsgId) {
    this.#remove(clientMsgId)?.reject(new ImError("closed", "discarded"));
  }

  list() {
    return [...this.#entries.values()].map(toOutgoing);
  }

  /** Whether a message in flight may belong to the room. */
  hasInFlightFor(roomId) {
    return [...this.#inFlight].some((id) => {
      const target = this.#entries.get(id);
      return target !== undefined && (target.roomId === undefined || target.roomId === roomId);
    });
  }

  /** Takes over the messages of tabs that are gone. @param {Set<string>} alive ids of the tabs that still exist */
  adopt(alive) {
    for (const entry of this.#store.adopt(this.#tab, alive)) {
      if (!this.#entries.has(entry.clientMsgId)) {
        this.#entries.set(entry.clientMsgId, entry);
        entry.status = entry.error ? "failed" : "queued";
        entry.error &&= new ImError(entry.error.code, entry.error.text, entry.error);
        this.#changed(toOutgoing(entry));
      }
    }
    this.#pump();
  }

  attach(link) {
    this.#link = link;
    if (this.#retryAfterSeconds > 0) {
      this.#pump();
    } else {
      this.#resume();
    }
  }

  detach() {
    this.#link = null;
  }

  /** Discards all messages. */
  clear() {
    for (const id of [...this.#entries.keys()]) {
      this.discard(id);
    }
    this.#store.clear();
  }

  #queue(entry) {
    const promise = new Promise((resolve, reject) => this.#promises.set(entry.clientMsgId, { resolve, reject }));
    // Applications may ignore the promise and use the `outgoing` event.
    promise.catch(() => {});
    this.#setStatus(entry, "queued");
    this.#pump();
    return promise;
  }

  #setStatus(entry, status) {
    entry.status = status;
    if (status !== "sending") {
      this.#store.put(toStored(entry));
    }
    this.#changed(toOutgoing(entry));
  }

  /** Sends the oldest message of each target that has none in flight. */
  #pump() {
    if (!this.#link?.isOpen || this.#timer !== null) {
      return;
    }
    const busy = new Set([...this.#inFlight].map((id) => this.#entries.get(id)).filter(Boolean).map(targetOf));
    const next = [...this.#entries.values()].filter((entry) => {
      const isNext = entry.status === "queued" && !busy.has(targetOf(entry)) && !this.#inFlight.has(entry.clientMsgId);
      return isNext && busy.add(targetOf(entry));
    });
    next.slice(0, MAX_IN_FLIGHT - this.#inFlight.size).forEach((entry) => this.#transmit(entry, this.#link));
  }

  async #transmit(entry, link) {
    this.#inFlight.add(entry.clientMsgId);
    this.#setStatus(entry, "sending");
    try {
      this.#succeed(entry, await link.request(toFrame(entry)));
    } catch (error) {
      this.#fail(entry, error);
    } finally {
      this.#inFlight.delete(entry.clientMsgId);
      this.#pump();
    }
  }

  #succeed(entry, data) {
    if (!this.#entries.has(entry.clientMsgId)) {
      return;
    }
    this.#backoff.reset();
    entry.roomId = data.room_id;
    const message = this.#toMessage(entry, data);
    const waiting = this.#remove(entry.clientMsgId);
    this.#changed({ ...toOutgoing(entry), status: "stored", message });
    waiting?.resolve(message);
  }

  #fail(entry, error) {
    if (!this.#entries.has(entry.clientMsgId)) {
      return;
    }
    entry.defects = (entry.defects ?? 0) + (error.code === "internal_error" ? 1 : 0);
    if (isTransient(error) && entry.defects < MAX_SERVER_ERRORS) {
      this.#setStatus(entry, "queued");
      if (error.code !== "closed") {
        this.#pause(error.retryAfter);
      }
      return;
    }
    entry.error = error;
    this.#setStatus(entry, "failed");
    this.#promises.get(entry.clientMsgId)?.reject(error);
    this.#promises.delete(entry.clientMsgId);
  }

  /**
   * Pauses all messages, because a temporary refusal concerns the user or the server. Refusals of messages that were in
   * flight at the same time count as one failure.
   */
  #pause(retryAfterSeconds = 0) {
    if (this.#timer !== null && retryAfterSeconds <= this.#retryAfterSeconds) {
      return;
    }
    this.#retryAfterSeconds = retryAfterSeconds;
    this.#timers.clearTimeout(this.#timer);
    // A timer does not depend on the clock, which may be set back.
    this.#timer = this.#timers.setTimeout(() => this.#resume(), retryAfterSeconds * 1000 + this.#backoff.next());
  }

  #resume() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#retryAfterSeconds = 0;
    this.#pump();
  }

  #remove(clientMsgId) {
    const waiting = this.#promises.get(clientMsgId);
    this.#promises.delete(clientMsgId);
    this.#entries.delete(clientMsgId);
    this.#store.remove(clientMsgId);
    return waiting;
  }
}
