import { Room } from "./room.js";

/** The rooms that the page knows, by conversation key. */
export class RoomCache {
  #rooms = new Map();

  /** Returns the room, creating it on first use. */
  get(key) {
    if (!this.#rooms.has(key)) {
      const room = new Room(key);
      // A chat without a room has no history to load.
      room.isLoaded = key.startsWith("user:");
      this.#rooms.set(key, room);
    }
    return this.#rooms.get(key);
  }

  /** @returns the room, or undefined if it is not cached */
  find(key) {
    return this.#rooms.get(key);
  }

  remove(key) {
    this.#rooms.delete(key);
  }

  /** Frees what a closed conversation does not need. */
  close(key) {
    const room = this.#rooms.get(key);
    room?.trim();
    if (room?.ended) {
      this.#rooms.delete(key);
    }
  }
}
