import { ImError, passes } from "./errors.js";
import { uuid } from "./tabs.js";

/** More are not under way: where too many are refused, the server ends the connection. */
const MOST_UNDER_WAY = 20;
/** A defect of the server may pass or not: it is not asked for ever. */
const MOST_DEFECTS = 5;

/**
 * Messages on their way: each is sent, under the same `client_msg_id`, until it is answered. Those to one room or user go
 * one after the other, so that they are stored in the order in which they were given.
 */
export class Outbox {
  #entries = new Map();
  #waiting = new Map();
  #underWay = new Set();
  #link = null;
  /** While all wait. */
  #timer = null;
  /** As the server has said. */
  #waitsSeconds = 0;

  #store;
  #tab;
  #timers;
  #backoff;
  #most;
  #changed;
  #stored;

  /**
   * @param {{store: object, tab: string, timers: object, backoff: object, most: number}} parts
   * @param {{changed(outgoing: object): void, stored(entry: object, data: object): object}} handlers `stored` makes the
   *     message of an answer
   */
  constructor({ store, tab, timers, backoff, most }, { changed, stored }) {
    this.#store = store;
    this.#tab = tab;
    this.#timers = timers;
    this.#backoff = backoff;
    this.#most = most;
    this.#changed = changed;
    this.#stored = stored;
  }

  /** @param {{toUserId?: string, roomId?: string}} target */
  send(target, text, { clientMsgId = uuid(), type = 1 } = {}) {
    if (this.#entries.size >= this.#most) {
      return Promise.reject(new ImError("queue_full", `${this.#most} messages wait to be sent`));
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
    // Behind what was given since.
    this.#entries.delete(clientMsgId);
    this.#entries.set(clientMsgId, entry);
    return this.#queue(entry);
  }

  discard(clientMsgId) {
    this.#settle(clientMsgId)?.reject(new ImError("closed", "discarded"));
  }

  list() {
    return [...this.#entries.values()].map(outgoing);
  }

  /** Whether an answer may be on its way that has a message of that room in it. */
  mayConcern(roomId) {
    return [...this.#underWay].some((id) => {
      const target = this.#entries.get(id);
      return target !== undefined && (target.roomId === undefined || target.roomId === roomId);
    });
  }

  /** Takes what tabs that are gone have left. */
  adopt(alive) {
    for (const entry of this.#store.adopt(this.#tab, alive)) {
      if (!this.#entries.has(entry.clientMsgId)) {
        this.#entries.set(entry.clientMsgId, entry);
        entry.status = entry.error ? "failed" : "queued";
        entry.error &&= new ImError(entry.error.code, entry.error.text, entry.error);
        this.#changed(outgoing(entry));
      }
    }
    this.#pump();
  }

  /** Sends over that connection from now on. */
  attach(link) {
    this.#link = link;
    if (this.#waitsSeconds > 0) {
      this.#pump();
    } else {
      this.#goOn();
    }
  }

  detach() {
    this.#link = null;
  }

  /** Forgets all. */
  clear() {
    for (const id of [...this.#entries.keys()]) {
      this.discard(id);
    }
    this.#store.clear();
  }

  #queue(entry) {
    const promise = new Promise((resolve, reject) => this.#waiting.set(entry.clientMsgId, { resolve, reject }));
    // Who does not look at the promise is told by the event.
    promise.catch(() => {});
    this.#become(entry, "queued");
    this.#pump();
    return promise;
  }

  #become(entry, status) {
    entry.status = status;
    if (status !== "sending") {
      this.#store.put({ ...entry, error: kept(entry.error) });
    }
    this.#changed(outgoing(entry));
  }

  /** Of each target the oldest, where none is under way. */
  #pump() {
    if (!this.#link?.isOpen || this.#timer !== null) {
      return;
    }
    const busy = new Set([...this.#underWay].map((id) => this.#entries.get(id)).filter(Boolean).map(key));
    const next = [...this.#entries.values()].filter((entry) => {
      const isNext = entry.status === "queued" && !busy.has(key(entry)) && !this.#underWay.has(entry.clientMsgId);
      return isNext && busy.add(key(entry));
    });
    next.slice(0, MOST_UNDER_WAY - this.#underWay.size).forEach((entry) => this.#transmit(entry, this.#link));
  }

  async #transmit(entry, link) {
    this.#underWay.add(entry.clientMsgId);
    this.#become(entry, "sending");
    try {
      this.#succeed(entry, await link.request(frame(entry)));
    } catch (error) {
      this.#fail(entry, error);
    } finally {
      this.#underWay.delete(entry.clientMsgId);
      this.#pump();
    }
  }

  #succeed(entry, data) {
    if (!this.#entries.has(entry.clientMsgId)) {
      return;
    }
    this.#backoff.reset();
    entry.roomId = data.room_id;
    const message = this.#stored(entry, data);
    const waiting = this.#settle(entry.clientMsgId);
    this.#changed({ ...outgoing(entry), status: "stored", message });
    waiting?.resolve(message);
  }

  #fail(entry, error) {
    if (!this.#entries.has(entry.clientMsgId)) {
      return;
    }
    entry.defects = (entry.defects ?? 0) + (error.code === "internal_error" ? 1 : 0);
    if (passes(error) && entry.defects < MOST_DEFECTS) {
      this.#become(entry, "queued");
      if (error.code !== "closed") {
        this.#pause(error.retryAfter);
      }
      return;
    }
    entry.error = error;
    this.#become(entry, "failed");
    this.#waiting.get(entry.clientMsgId)?.reject(error);
    this.#waiting.delete(entry.clientMsgId);
  }

  /**
   * All wait: what is refused for now is refused because of who sends, or of the server. What was under way beside it is
   * refused for the same reason, and counts as the same failure.
   */
  #pause(retryAfterSeconds = 0) {
    if (this.#timer !== null && retryAfterSeconds <= this.#waitsSeconds) {
      return;
    }
    this.#waitsSeconds = retryAfterSeconds;
    this.#timers.clearTimeout(this.#timer);
    // Not by the clock, which may stand before the moment for which the timer was set.
    this.#timer = this.#timers.setTimeout(() => this.#goOn(), retryAfterSeconds * 1000 + this.#backoff.next());
  }

  #goOn() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#waitsSeconds = 0;
    this.#pump();
  }

  #settle(clientMsgId) {
    const waiting = this.#waiting.get(clientMsgId);
    this.#waiting.delete(clientMsgId);
    this.#entries.delete(clientMsgId);
    this.#store.remove(clientMsgId);
    return waiting;
  }
}

/** An error as JSON keeps it. */
function kept(error) {
  return error && { code: error.code, text: error.message, parameter: error.parameter, status: error.status };
}

function key(entry) {
  return entry.toUserId === undefined ? `room ${entry.roomId}` : `user ${entry.toUserId}`;
}

function frame({ toUserId, roomId, text, type, clientMsgId }) {
  const message = { message: text, client_msg_id: clientMsgId, ...(type === 1 ? {} : { message_type: type }) };
  return toUserId === undefined
    ? { op: "room_message", room_id: roomId, ...message }
    : { op: "single_message", to_user_id: toUserId, ...message };
}

/** As the application sees it; a value of its own. */
function outgoing({ clientMsgId, roomId, toUserId, text, type, status, queuedAt, error }) {
  const all = { clientMsgId, roomId, toUserId, text, type, status, queuedAt, error };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
