import { ImError } from "./errors.js";
import { messageFromPush } from "./wire.js";

const SYNC_LIMIT = 200;
const PAGE_SIZE = 100;
/** The server accepts frames of 128 KiB by default. With more rooms than fit, the client catches up over HTTP. */
const MAX_SYNC_CHARS = 100_000;

/**
 * Fetches missing messages: after connecting, and when there is a gap between live messages. A room that is new on this
 * device starts after the user's read position. Messages that arrive meanwhile are held by their {@link Room}.
 */
export class CatchUp {
  #rooms;
  #cursors;
  #api;
  #tokens;
  #raise;
  #options;
  /** Whether this device has never been up to date. */
  #isFirstSync;
  #isSyncTooLarge = false;
  /** Whether the last catch-up over HTTP was completed. */
  #wasHttpComplete = false;
  /** The cursors at gaps that the server did not fill in the last run, by room. */
  #unfilled = new Map();

  /**
   * @param {{rooms: object, cursors: object, api: object, tokens: object, raise: (event: string, detail: object) => void,
   *     options: {firstSync: string, firstSyncLimit: number, catchUpLimit: number}}} parts
   */
  constructor({ rooms, cursors, api, tokens, raise, options }) {
    this.#rooms = rooms;
    this.#cursors = cursors;
    this.#api = api;
    this.#tokens = tokens;
    this.#raise = raise;
    this.#options = options;
    const stored = cursors.load();
    this.#isFirstSync = stored === null;
    Object.entries(stored ?? {}).forEach(([roomId, seq]) => rooms.get(roomId).start(seq, true));
  }

  /** Resolves when nothing is missing; rejects when the connection ends or the server does not answer. */
  async run(link) {
    if (this.#isFirstSync) {
      await this.#visitConversations(link, (item) => this.#startRoom(item, this.#options.firstSync === "none"));
    }
    while (!(await this.#fetch(link))) {
      // One answer does not hold everything.
    }
    this.#isFirstSync = false;
    this.#cursors.save(true);
  }

  /** @returns whether nothing is missing now */
  async #fetch(link) {
    ensureOpen(link);
    await this.#startRooms(link, this.#rooms.withGaps().map(([roomId]) => roomId));
    const before = this.#rooms.cursors();
    const gaps = this.#rooms.withGaps().map(([roomId, room]) => [roomId, room, room.cursor]);
    const isComplete = await this.#requestMissing(link, before);
    if (isComplete) {
      this.#skipUnfilled(gaps);
    } else if (JSON.stringify(before) === JSON.stringify(this.#rooms.cursors())) {
      throw new ImError("unavailable", "the server reports more messages but returns none");
    }
    return isComplete;
  }

  async #requestMissing(link, cursors) {
    const frame = { op: "sync", rooms: cursors, limit: SYNC_LIMIT };
    if (!this.#isSyncTooLarge && JSON.stringify(frame).length < MAX_SYNC_CHARS) {
      try {
        return await this.#applyAnswers(link, (await link.request(frame)).rooms);
      } catch (error) {
        this.#isSyncTooLarge = error.code === "too_large";
        throw error;
      }
    }
    // After an interrupted run, pages without news may precede pages with news, so all pages are read.
    const readsAll = !this.#wasHttpComplete;
    this.#wasHttpComplete = false;
    await this.#visitConversations(link, async (item) => (await this.#catchUpOverHttp(link, item)) || readsAll);
    this.#wasHttpComplete = true;
    return true;
  }

  async #applyAnswers(link, answers) {
    await this.#startRooms(link, answers.map((answer) => answer.room_id));
    let isComplete = true;
    for (const answer of answers.filter(({ room_id: roomId }) => this.#rooms.get(roomId).cursor !== undefined)) {
      isComplete = this.#applyAnswer(answer) && isComplete;
    }
    return isComplete;
  }

  #applyAnswer({ room_id: roomId, room_type: type, last_seq: lastSeq, messages, complete, reset }) {
    const room = this.#rooms.get(roomId);
    room.type = type;
    if (reset) {
      this.#reset(roomId, room);
    }
    if (this.#skipBeyondLimit(roomId, room, lastSeq)) {
      return false;
    }
    const found = messages.map((push) => messageFromPush(push, this.#tokens.userId));
    const end = complete ? lastSeq : (found.at(-1)?.seq ?? room.cursor);
    room.fill(found, end);
    this.#cursors.advance(roomId, room.cursor);
    return complete;
  }

  /** Does over HTTP what {@link #applyAnswer} does with an answer to `sync`. @returns whether there was anything new */
  async #catchUpOverHttp(link, item) {
    const room = this.#startRoom(item, false);
    if (item.lastSeq < room.cursor) {
      this.#reset(item.roomId, room);
    }
    this.#skipBeyondLimit(item.roomId, room, item.lastSeq);
    const isNew = room.cursor < item.lastSeq;
    while (room.cursor < item.lastSeq) {
      // Live messages may advance the cursor meanwhile.
      const afterSeq = room.cursor;
      const found = await this.#api.historyPage(item.roomId, { afterSeq, pageSize: PAGE_SIZE });
      ensureOpen(link);
      const newest = found[0]?.seq ?? 0;
      // A page covers this many numbers, even if some have no message.
      room.fill(found, Math.max(newest, Math.min(item.lastSeq, afterSeq + PAGE_SIZE)));
      this.#cursors.advance(item.roomId, room.cursor);
    }
    return isNew;
  }

  #reset(roomId, room) {
    room.reset();
    this.#cursors.reset(roomId);
    this.#raise("reset", { roomId });
  }

  /** Skips all but the newest `catchUpLimit` messages. @returns whether any were skipped */
  #skipBeyondLimit(roomId, room, lastSeq) {
    const first = lastSeq - this.#options.catchUpLimit + 1;
    if (room.cursor + 1 >= first) {
      return false;
    }
    this.#raise("gap", { roomId, afterSeq: room.cursor, beforeSeq: first });
    room.skipTo(first - 1);
    this.#cursors.advance(roomId, room.cursor);
    return true;
  }

  /** Sets the starting points of rooms that have none. */
  async #startRooms(link, roomIds) {
    const wanted = new Set(roomIds.filter((roomId) => this.#rooms.get(roomId).cursor === undefined));
    if (wanted.size > 0) {
      await this.#visitConversations(link, (item) => {
        if (wanted.delete(item.roomId)) {
          this.#startRoom(item, false);
        }
        return wanted.size > 0;
      });
    }
    wanted.forEach((roomId) => this.#startUnlisted(roomId));
  }

  /** The user has left the room meanwhile. */
  #startUnlisted(roomId) {
    const room = this.#rooms.get(roomId);
    if (room.lowestHeld === undefined) {
      this.#rooms.forget(roomId);
    } else {
      room.start(room.lowestHeld - 1);
    }
  }

  /** @param skipsUnread whether to start after the newest message instead of the read position */
  #startRoom({ roomId, roomType, lastSeq, readSeq }, skipsUnread) {
    const room = this.#rooms.get(roomId);
    room.type = roomType;
    if (room.cursor === undefined) {
      const earliest = Math.max(0, lastSeq - this.#options.firstSyncLimit);
      room.start(skipsUnread ? lastSeq : Math.max(readSeq, earliest));
      if (!skipsUnread && earliest > readSeq) {
        this.#raise("gap", { roomId, afterSeq: readSeq, beforeSeq: earliest + 1 });
      }
      this.#cursors.advance(roomId, room.cursor);
    }
    return room;
  }

  /** Visits conversations, latest activity first, until `visit` returns false for a whole page. */
  async #visitConversations(link, visit) {
    for (let page = 1; ; page++) {
      const items = await this.#api.conversations({ page, pageSize: PAGE_SIZE });
      ensureOpen(link);
      let goesOn = false;
      for (const item of items) {
        goesOn = (await visit(item)) || goesOn;
      }
      if (items.length < PAGE_SIZE || !goesOn) {
        return;
      }
    }
  }

  /** Skips gaps that two complete runs in a row did not fill: those messages do not exist. */
  #skipUnfilled(gaps) {
    const before = this.#unfilled;
    this.#unfilled = new Map();
    for (const [roomId, room, cursor] of gaps) {
      if (!room.hasGap || room.cursor !== cursor) {
        continue;
      }
      if (before.get(roomId) === cursor) {
        this.#raise("gap", { roomId, ...room.skipGap() });
        this.#cursors.advance(roomId, room.cursor);
      } else {
        this.#unfilled.set(roomId, cursor);
      }
    }
  }
}

/** A fetch ends with its connection: the next connection starts over, and after logout there is none. */
function ensureOpen(link) {
  if (!link.isOpen) {
    throw new ImError("closed", "the connection is gone");
  }
}
