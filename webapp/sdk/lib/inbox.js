import { Rooms } from "./rooms.js";
import { eventFromPush, isMessage, messageFromPush } from "./wire.js";

/** Turns pushes into events. Messages are delivered in order within their room, each once. */
export class Inbox {
  rooms = new Rooms((message) => this.#deliver(message));
  /** The user's stored cursors; null while the user is unknown. */
  cursors = null;

  #events;
  #tokens;
  #acks;
  #reads;
  #autoAck;
  #onGap;

  /**
   * @param {{events: object, tokens: object, acks: object, reads: object, autoAck: boolean}} parts
   * @param {() => void} onGap called when a message leaves a gap
   */
  constructor({ events, tokens, acks, reads, autoAck }, onGap) {
    this.#events = events;
    this.#tokens = tokens;
    this.#acks = acks;
    this.#reads = reads;
    this.#autoAck = autoAck;
    this.#onGap = onGap;
  }

  receive(push) {
    if (isMessage(push)) {
      this.addMessage(messageFromPush(push, this.#tokens.userId));
      return;
    }
    const [event, detail] = eventFromPush(push);
    if (event === "gap") {
      this.#skipGap(detail);
    } else {
      this.raise(event, detail);
    }
  }

  addMessage(message) {
    const room = this.rooms.get(message.roomId);
    room.type = message.roomType || room.type;
    room.offer(message);
    if (room.hasGap) {
      this.#onGap();
    }
  }

  /** Raises an event, and forgets a room that the user is no longer a member of. */
  raise(event, detail) {
    const isOver = event === "roomDismissed" || (event === "memberLeft" && detail.userId === this.#tokens.userId);
    if (isOver) {
      this.rooms.forget(detail.roomId);
      this.cursors?.forget(detail.roomId);
    }
    if (isOver || event === "reset") {
      this.#acks.forget(detail.roomId);
      this.#reads.forget(detail.roomId);
    }
    this.#events.emit(event, detail);
  }

  /** Forgets all rooms and the user's stored cursors. */
  clear() {
    this.cursors?.clear();
    this.cursors = null;
    this.rooms.clear();
    this.#acks.clear();
    this.#reads.clear();
  }

  /** The server announces that it does not push these messages; the application can read them from the history. */
  #skipGap(gap) {
    const room = this.rooms.get(gap.roomId);
    if (room.cursor === undefined || room.cursor < gap.beforeSeq - 1) {
      room.cursor ??= gap.afterSeq;
      this.raise("gap", gap);
      room.skipTo(gap.beforeSeq - 1);
    }
  }

  #deliver(message) {
    this.cursors?.advance(message.roomId, message.seq);
    this.#events.emit("message", message);
    if (this.#autoAck && !message.own) {
      this.#acks.note(message.roomId, message.seq);
    }
  }
}
