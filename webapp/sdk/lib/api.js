import { conversationFromItem, memberFromItem, messageFromHistory, sessionFromItem } from "./wire.js";

/** The REST calls of the application, with values converted from the wire format. */
export class Api {
  #rest;
  #tokens;
  #typeOf;

  /** @param {(roomId: string) => number} typeOf the type of a room, or 0 if unknown */
  constructor(rest, tokens, typeOf) {
    this.#rest = rest;
    this.#tokens = tokens;
    this.#typeOf = typeOf;
  }

  call(method, path, parameters) {
    return this.#rest.call(method, path, parameters);
  }

  async conversations({ roomType, page, pageSize } = {}) {
    const query = { room_type: roomType, page, page_size: pageSize };
    return (await this.call("GET", "/rm/room/get_room_list", query)).map(conversationFromItem);
  }

  /** @returns a page of messages, always newest first */
  async historyPage(roomId, { beforeSeq, afterSeq, pageSize } = {}) {
    const query = { room_id: roomId, before_seq: beforeSeq, after_seq: afterSeq, page_size: pageSize };
    const items = await this.call("GET", "/rm/room/get_room_message_list", query);
    const messages = items.map((item) => messageFromHistory(item, this.#typeOf(roomId), this.#tokens.userId));
    return messages.sort((a, b) => b.seq - a.seq);
  }

  async *history(roomId, { beforeSeq, pageSize = 50 } = {}) {
    let before = beforeSeq;
    do {
      const page = await this.historyPage(roomId, { beforeSeq: before, pageSize });
      yield* page;
      if (page.length === 0 && before === undefined) {
        return;
      }
      // A page covers this many numbers, even if some have no message.
      before = page.at(-1)?.seq ?? before - pageSize;
    } while (before > 1);
  }

  async createRoom({ name } = {}) {
    return (await this.call("POST", "/rm/room/create_room", { name })).roomId;
  }

  /** Calls an operation that changes a room. */
  async changeRoom(call, parameters) {
    await this.call("POST", `/rm/room/${call}`, parameters);
  }

  async members(roomId, { page, pageSize } = {}) {
    const query = { room_id: roomId, page, page_size: pageSize };
    return (await this.call("GET", "/rm/room/get_room_member_list", query)).map(memberFromItem);
  }

  /** Ends the token's session. A session that has already ended is not an error. */
  async endSession(token) {
    try {
      await this.#rest.callWith(token, "POST", "/u/user/login_out");
    } catch (error) {
      if (error.code !== "token_expired" && error.code !== "unauthenticated") {
        throw error;
      }
    }
  }

  async sessions() {
    return (await this.call("GET", "/u/user/get_session_list")).map(sessionFromItem);
  }

  async endSessions(sessionId) {
    return (await this.call("POST", "/u/user/end_sessions", { session_id: sessionId })).ended;
  }
}
