import { ImError } from "./errors.js";

const HANDSHAKE_MILLIS = 15_000;
/** A connection silent for this long is probed with a ping. Pages cannot see the server's WebSocket pings. */
const MAX_SILENCE_MILLIS = 25_000;
const FRAME_TOO_LARGE = 1009;
const NO_CLOSE_FRAME = 1006;

/** One WebSocket connection, with requests, answers and pushes. It is not reused after it has ended. */
export class Link {
  /** The token of the handshake. */
  token;

  #socket;
  #timers;
  #answerMillis;
  #handlers;
  #requests = new Map();
  #lastRef = 0;
  #wasOpen = false;
  #isOver = false;
  #timer;

  /**
   * @param {{url: string, token: string, WebSocket: typeof WebSocket, timers: object, answerMillis: number}} parts
   * @param {{opened(): void, pushed(push: object): void, closed(end: {code: number, wasOpen: boolean}): void}} handlers
   *     none is called after `closed`
   */
  constructor({ url, token, WebSocket, timers, answerMillis }, handlers) {
    this.token = token;
    this.#timers = timers;
    this.#answerMillis = answerMillis;
    this.#handlers = handlers;
    this.#socket = new WebSocket(url, ["im.v1", `token.${token}`]);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#received(data);
    this.#socket.onclose = ({ code }) => this.#finish(code);
    // The close event reports the failure too. Some Node.js libraries throw an error event without a listener.
    this.#socket.onerror = () => {};
    this.#timer = timers.setTimeout(() => this.end(), HANDSHAKE_MILLIS);
  }

  get isOpen() {
    return this.#wasOpen && !this.#isOver;
  }

  /** Sends an operation; resolves to the `data` of the answer. */
  request(frame, millis = this.#answerMillis) {
    if (!this.isOpen) {
      return Promise.reject(closedError());
    }
    const ref = String(++this.#lastRef);
    const text = JSON.stringify({ ...frame, ref });
    return new Promise((resolve, reject) => {
      const timer = this.#timers.setTimeout(() => {
        this.#requests.delete(ref);
        reject(new ImError("timeout", "no answer"));
      }, millis);
      this.#requests.set(ref, { resolve, reject, timer, text });
      this.#socket.send(text);
    });
  }

  /** Pings the server, and ends the connection if there is no answer in time. */
  probe(millis = this.#answerMillis) {
    if (this.isOpen) {
      this.request({ op: "ping" }, millis).catch((error) => error.code === "timeout" && this.end());
    }
  }

  /** Ends the connection at once. A browser would wait long for a dead peer to close. */
  end() {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#finish(NO_CLOSE_FRAME);
  }

  #opened() {
    this.#wasOpen = true;
    this.#restartSilenceTimer();
    this.#handlers.opened();
  }

  #received(data) {
    if (this.#isOver) {
      return;
    }
    this.#restartSilenceTimer();
    const frame = parse(data);
    if (frame === null) {
      return;
    }
    if (frame.op === undefined) {
      this.#handlers.pushed(frame);
      return;
    }
    const request = this.#requests.get(frame.ref);
    if (request) {
      this.#requests.delete(frame.ref);
      this.#timers.clearTimeout(request.timer);
      if (frame.op === "pong" || frame.code === 200) {
        request.resolve(frame.data);
      } else {
        request.reject(ImError.of(frame));
      }
    }
  }

  #restartSilenceTimer() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => this.probe(), MAX_SILENCE_MILLIS);
  }

  #finish(code) {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#timers.clearTimeout(this.#timer);
    const unanswered = [...this.#requests.values()];
    this.#requests.clear();
    const largest = code === FRAME_TOO_LARGE ? largestFrame(unanswered) : null;
    for (const request of unanswered) {
      this.#timers.clearTimeout(request.timer);
      const wasTooLarge = request === largest;
      request.reject(wasTooLarge ? new ImError("too_large", "larger than the server accepts") : closedError());
    }
    this.#handlers.closed({ code, wasOpen: this.#wasOpen });
  }
}

function closedError() {
  return new ImError("closed", "the connection is gone");
}

/** The server does not say which frame was too large, so the largest one is assumed. */
function largestFrame(requests) {
  const bytes = ({ text }) => new TextEncoder().encode(text).length;
  return requests.reduce((max, one) => (max === null || bytes(one) > bytes(max) ? one : max), null);
}

function parse(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame === "object" ? frame : null;
  } catch {
    return null;
  }
}
