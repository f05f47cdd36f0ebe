const PAGE_SIZE = 100;

/** What the user can do with rooms and their members. */
export class Membership {
  #client;
  #rooms;
  #list;
  #onLeft;

  /**
   * @param {{client: object, rooms: object, list: object}} parts
   * @param {(roomId: string) => void} onLeft called after the user has left a room
   */
  constructor({ client, rooms, list }, onLeft) {
    this.#client = client;
    this.#rooms = rooms;
    this.#list = list;
    this.#onLeft = onLeft;
  }

  /** @returns the room's id */
  async createRoom(name) {
    const roomId = await this.#client.createRoom(name ? { name } : {});
    await this.#list.refresh();
    return roomId;
  }

  async enterRoom(roomId) {
    await this.#client.enterRoom(roomId);
    this.#rooms.get(roomId).ended = null;
    await this.#list.refresh();
  }

  invite(roomId, userId) {
    return this.#client.inviteToRoom(roomId, userId);
  }

  kick(roomId, userId) {
    return this.#client.kickFromRoom(roomId, userId);
  }

  async leave(roomId) {
    await this.#client.leaveRoom(roomId);
    this.#onLeft(roomId);
  }

  /** Loads a page of 100 members and records how far each has read. */
  async members(roomId, page = 1) {
    const members = await this.#client.members(roomId, { page, pageSize: PAGE_SIZE });
    members.forEach((member) => this.#rooms.get(roomId).recordRead(member.userId, member.readSeq));
    return members;
  }
}
