import { ImError } from "./errors.js";

const HANDSHAKE_MILLIS = 15_000;
/** Silent for so long, the connection is asked whether it is alive: a page cannot see the server's own pings. */
const SILENT_MILLIS = 25_000;
const FRAME_TOO_LARGE = 1009;
const NO_CLOSE_FRAME = 1006;

/** One WebSocket: requests with their answers, and pushes. Ends once, and is not used again. */
export class Link {
  /** The token that it was opened with. */
  token;

  #socket;
  #timers;
  #answerMillis;
  #handlers;
  #asked = new Map();
  #lastRef = 0;
  #wasOpen = false;
  #isOver = false;
  #watch;

  /**
   * @param {{url: string, token: string, WebSocket: typeof WebSocket, timers: object, answerMillis: number}} parts
   * @param {{opened(): void, pushed(push: object): void, closed(end: {code: number, wasOpen: boolean}): void}} handlers
   *     none is called any more after `closed`
   */
  constructor({ url, token, WebSocket, timers, answerMillis }, handlers) {
    this.token = token;
    this.#timers = timers;
    this.#answerMillis = answerMillis;
    this.#handlers = handlers;
    this.#socket = new WebSocket(url, ["im.v1", `token.${token}`]);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#received(data);
    this.#socket.onclose = ({ code }) => this.#over(code);
    // Says nothing that `close` does not; where nobody listens, some libraries of Node.js throw it.
    this.#socket.onerror = () => {};
    this.#watch = timers.setTimeout(() => this.end(), HANDSHAKE_MILLIS);
  }

  get isOpen() {
    return this.#wasOpen && !this.#isOver;
  }

  /** Sends an operation; resolves to the `data` of its answer. */
  request(frame, millis = this.#answerMillis) {
    if (!this.isOpen) {
      return Promise.reject(closed());
    }
    const ref = String(++this.#lastRef);
    const text = JSON.stringify({ ...frame, ref });
    return new Promise((resolve, reject) => {
      const timer = this.#timers.setTimeout(() => {
        this.#asked.delete(ref);
        reject(new ImError("timeout", "no answer"));
      }, millis);
      this.#asked.set(ref, { resolve, reject, timer, text });
      this.#socket.send(text);
    });
  }

  /** Asks whether anybody is there; a connection that does not answer is given up. */
  probe(millis = this.#answerMillis) {
    if (this.isOpen) {
      this.request({ op: "ping" }, millis).catch((error) => error.code === "timeout" && this.end());
    }
  }

  /** Ends it now: a browser waits long for the other side of a connection that is dead. */
  end() {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#over(NO_CLOSE_FRAME);
  }

  #opened() {
    this.#wasOpen = true;
    this.#watchSilence();
    this.#handlers.opened();
  }

  #received(data) {
    if (this.#isOver) {
      return;
    }
    this.#watchSilence();
    const frame = parse(data);
    if (frame === null) {
      return;
    }
    if (frame.op === undefined) {
      this.#handlers.pushed(frame);
      return;
    }
    const asked = this.#asked.get(frame.ref);
    if (asked) {
      this.#asked.delete(frame.ref);
      this.#timers.clearTimeout(asked.timer);
      if (frame.op === "pong" || frame.code === 200) {
        asked.resolve(frame.data);
      } else {
        asked.reject(ImError.of(frame));
      }
    }
  }

  #watchSilence() {
    this.#timers.clearTimeout(this.#watch);
    this.#watch = this.#timers.setTimeout(() => this.probe(), SILENT_MILLIS);
  }

  #over(code) {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#timers.clearTimeout(this.#watch);
    const unanswered = [...this.#asked.values()];
    this.#asked.clear();
    const largest = code === FRAME_TOO_LARGE ? largestOf(unanswered) : null;
    for (const asked of unanswered) {
      this.#timers.clearTimeout(asked.timer);
      const wasTooLarge = asked === largest;
      asked.reject(wasTooLarge ? new ImError("too_large", "larger than the server takes") : closed());
    }
    this.#handlers.closed({ code, wasOpen: this.#wasOpen });
  }
}

function closed() {
  return new ImError("closed", "the connection is gone");
}

/** The server does not say which frame was too large. */
function largestOf(asked) {
  const bytes = ({ text }) => new TextEncoder().encode(text).length;
  return asked.reduce((most, one) => (most === null || bytes(one) > bytes(most) ? one : most), null);
}

function parse(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame === "object" ? frame : null;
  } catch {
    return null;
  }
}
