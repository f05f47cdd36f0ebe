import { chatKey } from "./conversations.js";

/** Messages that are not stored yet, by the conversation that they belong to. */
export class Outgoing {
  #client;
  #conversations;
  #sent = new Map();

  constructor(client, conversations) {
    this.#client = client;
    this.#conversations = conversations;
  }

  get isAny() {
    return this.#client.outbox().length > 0;
  }

  of(key) {
    return [...this.#sent.values()].filter((sent) => this.#keyOf(sent) === key);
  }

  /** @param entry of the conversation list */
  send(entry, text) {
    return entry.roomId
      ? this.#client.sendToRoom(entry.roomId, text)
      : this.#client.sendToUser(entry.peerUserId, text);
  }

  resend(clientMsgId) {
    return this.#client.resend(clientMsgId);
  }

  /** @returns the key of its conversation */
  discard(clientMsgId) {
    const key = this.#keyOf(this.#sent.get(clientMsgId));
    this.#client.discard(clientMsgId);
    this.#sent.delete(clientMsgId);
    return key;
  }

  /** @returns the key of its conversation, which is in the list then */
  changed(outgoing) {
    this.#sent.set(outgoing.clientMsgId, { ...outgoing });
    const key = this.#keyOf(outgoing);
    if (!outgoing.roomId && !this.#conversations.get(key)) {
      this.#conversations.addChat(outgoing.toUserId);
    }
    return key;
  }

  /** It is a message now. */
  arrived({ clientMsgId }) {
    this.#sent.delete(clientMsgId);
  }

  #keyOf({ roomId, toUserId }) {
    return roomId ?? this.#conversations.withPeer(toUserId)?.key ?? chatKey(toUserId);
  }
}
