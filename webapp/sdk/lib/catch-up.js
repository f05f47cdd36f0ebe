import { ImError } from "./errors.js";
import { messageOfPush } from "./wire.js";

const SYNC_LIMIT = 200;
const PAGE_SIZE = 100;
/** The server takes frames of 128 KiB unless it is told otherwise. With more rooms than fit, it is asked by HTTP. */
const MOST_SYNC_CHARS = 100_000;

/**
 * Fetches what the rooms are missing: all of it after connecting, and whenever a number was jumped over.
 *
 * <p>A room of which nothing is known here begins behind what the user has read, wherever; {@link Room} holds what comes
 * meanwhile.
 */
export class CatchUp {
  #rooms;
  #cursors;
  #api;
  #tokens;
  #raise;
  #options;
  /** Whether this device has ever been up to date. */
  #isFirst;
  #syncIsTooLarge = false;
  /** Whether, when it was last asked by HTTP, it got to the end. */
  #hasListedAll = false;
  /** Holes that the server has not filled when it was asked, by room: where they begin. */
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
    const kept = cursors.load();
    this.#isFirst = kept === null;
    Object.entries(kept ?? {}).forEach(([roomId, seq]) => rooms.get(roomId).begin(seq, true));
  }

  /** Resolves when nothing is missing; rejects when the connection, or the server, is gone or does not answer. */
  async run(link) {
    if (this.#isFirst) {
      await this.#list(link, (item) => this.#begin(item, this.#options.firstSync === "none"));
    }
    while (!(await this.#fetch(link))) {
      // More than one answer holds.
    }
    this.#isFirst = false;
    this.#cursors.save(true);
  }

  /** @returns whether that was all */
  async #fetch(link) {
    ensureOpen(link);
    await this.#findBeginnings(link, this.#rooms.missing().map(([roomId]) => roomId));
    const before = this.#rooms.cursors();
    const holes = this.#rooms.missing().map(([roomId, room]) => [roomId, room, room.after]);
    const isAll = await this.#ask(link, before);
    if (isAll) {
      this.#passOver(holes);
    } else if (JSON.stringify(before) === JSON.stringify(this.#rooms.cursors())) {
      throw new ImError("unavailable", "the server says that there is more, and gives nothing");
    }
    return isAll;
  }

  async #ask(link, cursors) {
    const frame = { op: "sync", rooms: cursors, limit: SYNC_LIMIT };
    if (!this.#syncIsTooLarge && JSON.stringify(frame).length < MOST_SYNC_CHARS) {
      try {
        return await this.#take(link, (await link.request(frame)).rooms);
      } catch (error) {
        this.#syncIsTooLarge = error.code === "too_large";
        throw error;
      }
    }
    // One that was broken off has left news behind pages that have none any more.
    const isAfterAll = this.#hasListedAll;
    this.#hasListedAll = false;
    await this.#list(link, async (item) => (await this.#compare(link, item)) || !isAfterAll);
    this.#hasListedAll = true;
    return true;
  }

  async #take(link, answers) {
    await this.#findBeginnings(link, answers.map((answer) => answer.room_id));
    let isAll = true;
    for (const answer of answers.filter(({ room_id: roomId }) => this.#rooms.get(roomId).after !== undefined)) {
      isAll = this.#takeRoom(answer) && isAll;
    }
    return isAll;
  }

  #takeRoom({ room_id: roomId, room_type: type, last_seq: lastSeq, messages, complete, reset }) {
    const room = this.#rooms.get(roomId);
    room.type = type;
    if (reset) {
      this.#reset(roomId, room);
    }
    if (this.#leaveOut(roomId, room, lastSeq)) {
      return false;
    }
    const found = messages.map((push) => messageOfPush(push, this.#tokens.userId));
    const end = complete ? lastSeq : (found.at(-1)?.seq ?? room.after);
    room.fill(found, end);
    this.#cursors.grow(roomId, room.after);
    return complete;
  }

  /** By HTTP: what {@link #takeRoom} learns from one answer. @returns whether there was anything new */
  async #compare(link, item) {
    const room = this.#begin(item, false);
    if (item.lastSeq < room.after) {
      this.#reset(item.roomId, room);
    }
    this.#leaveOut(item.roomId, room, item.lastSeq);
    const isNew = room.after < item.lastSeq;
    while (room.after < item.lastSeq) {
      // Live messages may move it meanwhile.
      const afterSeq = room.after;
      const found = await this.#api.historyPage(item.roomId, { afterSeq, pageSize: PAGE_SIZE });
      ensureOpen(link);
      const newest = found[0]?.seq ?? 0;
      // So many numbers are looked at, whether or not each has a message.
      room.fill(found, Math.max(newest, Math.min(item.lastSeq, afterSeq + PAGE_SIZE)));
      this.#cursors.grow(item.roomId, room.after);
    }
    return isNew;
  }

  #reset(roomId, room) {
    room.reset();
    this.#cursors.reset(roomId);
    this.#raise("reset", { roomId });
  }

  /** Of a room in which very much was missed only the newest are raised. @returns whether some were left out */
  #leaveOut(roomId, room, lastSeq) {
    const first = lastSeq - this.#options.catchUpLimit + 1;
    if (room.after + 1 >= first) {
      return false;
    }
    this.#raise("gap", { roomId, afterSeq: room.after, beforeSeq: first });
    room.skipTo(first - 1);
    this.#cursors.grow(roomId, room.after);
    return true;
  }

  async #findBeginnings(link, roomIds) {
    const wanted = new Set(roomIds.filter((roomId) => this.#rooms.get(roomId).after === undefined));
    if (wanted.size > 0) {
      await this.#list(link, (item) => {
        if (wanted.delete(item.roomId)) {
          this.#begin(item, false);
        }
        return wanted.size > 0;
      });
    }
    wanted.forEach((roomId) => this.#beginUnlisted(roomId));
  }

  /** The user has left it meanwhile. */
  #beginUnlisted(roomId) {
    const room = this.#rooms.get(roomId);
    if (room.lowestHeld === undefined) {
      this.#rooms.forget(roomId);
    } else {
      room.begin(room.lowestHeld - 1);
    }
  }

  /** @param skipsAll whether what there is does not count */
  #begin({ roomId, roomType, lastSeq, readSeq }, skipsAll) {
    const room = this.#rooms.get(roomId);
    room.type = roomType;
    if (room.after === undefined) {
      const newest = Math.max(0, lastSeq - this.#options.firstSyncLimit);
      room.begin(skipsAll ? lastSeq : Math.max(readSeq, newest));
      if (!skipsAll && newest > readSeq) {
        this.#raise("gap", { roomId, afterSeq: readSeq, beforeSeq: newest + 1 });
      }
      this.#cursors.grow(roomId, room.after);
    }
    return room;
  }

  /** Goes through the rooms, latest activity first, until a page has nothing of interest. */
  async #list(link, visit) {
    for (let page = 1; ; page++) {
      const items = await this.#api.conversations({ page, pageSize: PAGE_SIZE });
      ensureOpen(link);
      let isOfInterest = false;
      for (const item of items) {
        isOfInterest = (await visit(item)) || isOfInterest;
      }
      if (items.length < PAGE_SIZE || !isOfInterest) {
        return;
      }
    }
  }

  /** What the server has not given when it was asked for all, twice, is not there. */
  #passOver(holes) {
    const before = this.#unfilled;
    this.#unfilled = new Map();
    for (const [roomId, room, after] of holes) {
      if (!room.isMissing || room.after !== after) {
        continue;
      }
      if (before.get(roomId) === after) {
        this.#raise("gap", { roomId, ...room.skipHole() });
        this.#cursors.grow(roomId, room.after);
      } else {
        this.#unfilled.set(roomId, after);
      }
    }
  }
}

/** What is fetched for a connection ends with it: the next one begins anew, and after logging out there is none. */
function ensureOpen(link) {
  if (!link.isOpen) {
    throw new ImError("closed", "the connection is gone");
  }
}
