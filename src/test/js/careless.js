/** A naive client: connects, sends, and shows messages as they arrive. Most vectors must fail it. */
export class SimpleIM {
  #options;
  #listeners = {};
  #socket;
  #waiting = new Map();
  #refs = 0;

  constructor(options) {
    this.#options = options;
  }

  on(event, listener) {
    this.#listeners[event] = listener;
  }

  async connect() {
    const token = await this.#options.getToken("start");
    this.#socket = new WebSocket(`${this.#options.url.replace("http", "ws")}u/user/connect`, ["im.v1", `token.${token}`]);
    this.#socket.onmessage = ({ data }) => this.#received(JSON.parse(data));
    await new Promise((resolve) => (this.#socket.onopen = resolve));
  }

  sendToUser(to_user_id, message) {
    return this.#send({ op: "single_message", to_user_id, message });
  }

  sendToRoom(room_id, message) {
    return this.#send({ op: "room_message", room_id, message });
  }

  async *history() {}

  close() {
    this.#socket?.close();
  }

  #send(frame) {
    const ref = ++this.#refs;
    this.#socket.send(JSON.stringify({ ...frame, ref, client_msg_id: String(ref) }));
    return new Promise((resolve, reject) => this.#waiting.set(ref, { resolve, reject }));
  }

  #received(frame) {
    if (frame.op === "reply") {
      const { resolve, reject } = this.#waiting.get(frame.ref);
      frame.code === 200 ? resolve(frame.data) : reject({ code: frame.error });
    } else if (frame.message_type < 10_000) {
      this.#listeners.message({
        roomId: frame.room_id,
        seq: frame.seq,
        senderId: frame.send_user_id,
        text: frame.message_data,
      });
    }
  }
}
