/** The part of a WebSocket server (RFC 6455) that the vectors need. */

import { createHash } from "node:crypto";

const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CONTINUATION = 0;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Refuses a handshake like the real server: with a status, and the envelope as body. */
export function refuse(socket, status, envelope) {
  const body = Buffer.from(JSON.stringify(envelope));
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json;charset=UTF-8\r\n` +
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** One connection, including the handshake. */
export class WebSocketConnection {
  #socket;
  #received;
  #closed;
  /** Received bytes that are not a complete frame yet. */
  #rest = Buffer.alloc(0);
  #fragments = [];

  /** @param {{received(text: string): void, closed(): void}} handlers */
  constructor(request, socket, head, { received, closed }) {
    this.#socket = socket;
    this.#received = received;
    this.#closed = closed;
    this.#shakeHands(request);
    socket.on("data", (bytes) => this.#read(bytes));
    socket.on("error", () => {});
    socket.on("close", () => this.#closed());
    this.#read(head);
  }

  send(text) {
    this.#write(TEXT, Buffer.from(text));
  }

  /** Closes with a code, like the real server. */
  close(code) {
    this.#write(CLOSE, Buffer.from([code >> 8, code & 0xff]));
    this.#socket.end();
  }

  /** Ends without a close frame, like a failed network. */
  cut() {
    this.#socket.destroy();
  }

  #shakeHands(request) {
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + KEY_SUFFIX).digest("base64");
    const offered = request.headers["sec-websocket-protocol"] ? "Sec-WebSocket-Protocol: im.v1\r\n" : "";
    this.#socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept}\r\n${offered}\r\n`,
    );
  }

  #read(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      this.#take(frame);
    }
  }

  /** Removes one complete frame from the received bytes, if there is one. */
  #nextFrame() {
    const bytes = this.#rest;
    if (bytes.length < 2) {
      return null;
    }
    let length = bytes[1] & 0x7f;
    let at = 2;
    if (length === 126 || length === 127) {
      const size = length === 126 ? 2 : 8;
      if (bytes.length < at + size) {
        return null;
      }
      length = size === 2 ? bytes.readUInt16BE(at) : Number(bytes.readBigUInt64BE(at));
      at += size;
    }
    const mask = bytes.subarray(at, at + 4);
    at += 4;
    if (bytes.length < at + length) {
      return null;
    }
    const payload = Buffer.from(bytes.subarray(at, at + length)).map((byte, i) => byte ^ mask[i % 4]);
    this.#rest = bytes.subarray(at + length);
    return { isLast: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, payload };
  }

  #take({ isLast, opcode, payload }) {
    if (opcode === TEXT || opcode === CONTINUATION) {
      this.#fragments.push(payload);
      if (isLast) {
        const text = Buffer.concat(this.#fragments).toString();
        this.#fragments = [];
        this.#received(text);
      }
    } else if (opcode === PING) {
      this.#write(PONG, payload);
    } else if (opcode === CLOSE) {
      this.#write(CLOSE, payload.subarray(0, 2));
      this.#socket.end();
    }
  }

  #write(opcode, payload) {
    if (this.#socket.destroyed || this.#socket.writableEnded) {
      return;
    }
    const header = [0x80 | opcode];
    if (payload.length < 126) {
      header.push(payload.length);
    } else if (payload.length <= 0xffff) {
      header.push(126, payload.length >> 8, payload.length & 0xff);
    } else {
      const size = Buffer.alloc(8);
      size.writeBigUInt64BE(BigInt(payload.length));
      header.push(127, ...size);
    }
    this.#socket.write(Buffer.concat([Buffer.from(header), payload]));
  }
}
