import { chatKey } from "./conversation-list.js";

/** The user's messages that the server has not stored yet. */
export class UnsentMessages {
  #client;
  #conversations;
  #messages = new Map();

  constructor(client, conversations) {
    this.#client = client;
    this.#conversations = conversations;
  }

  get isAny() {
    return this.#client.outbox().length > 0;
  }

  /** @returns the unsent messages of a conversation, oldest first */
  of(key) {
    return [...this.#messages.values()].filter((outgoing) => this.#keyOf(outgoing) === key);
  }

  /** @param entry from the conversation list */
  send(entry, text) {
    return entry.roomId
      ? this.#client.sendToRoom(entry.roomId, text)
      : this.#client.sendToUser(entry.peerUserId, text);
  }

  resend(clientMsgId) {
    return this.#client.resend(clientMsgId);
  }

  /** @returns the key of the message's conversation */
  discard(clientMsgId) {
    const key = this.#keyOf(this.#messages.get(clientMsgId));
    this.#client.discard(clientMsgId);
    this.#messages.delete(clientMsgId);
    return key;
  }

  /** Stores the new status, and adds the chat to the list if it is missing. @returns the key of the conversation */
  update(outgoing) {
    this.#messages.set(outgoing.clientMsgId, { ...outgoing });
    const key = this.#keyOf(outgoing);
    if (!outgoing.roomId && !this.#conversations.get(key)) {
      this.#conversations.addChat(outgoing.toUserId);
    }
    return key;
  }

  /** Removes a message that the server has stored. */
  remove(clientMsgId) {
    this.#messages.delete(clientMsgId);
  }

  #keyOf({ roomId, toUserId }) {
    return roomId ?? this.#conversations.withPeer(toUserId)?.key ?? chatKey(toUserId);
  }
}
