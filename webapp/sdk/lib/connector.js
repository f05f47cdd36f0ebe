import { ImError } from "./errors.js";
import { Link } from "./link.js";

const SESSION_ENDED = 4001;
const TOKEN_EXPIRED = 4003;
/** Why a token is asked for, by the close code. */
const REASONS = { [SESSION_ENDED]: "ended", [TOKEN_EXPIRED]: "expired" };
/** The server says that this client connects, or sends, too much. */
const SLOW_DOWN = new Set([1008, 4029]);

/** Online for so long, a connection counts as a good one: what failed before is forgotten. */
const GOOD_AFTER_MILLIS = 5_000;
/** Wakes are heeded no more often. */
const BETWEEN_TRIES_MILLIS = 1_000;
/** After a pause (the lid was closed, another network), an answer that takes longer does not come. */
const PROBE_MILLIS = 3_000;

/**
 * Gets and keeps a connection: the machine of the states that README.md draws. Each connection is a {@link Link}; of one
 * that is not the present one any more nothing is heard.
 */
export class Connector {
  state = "idle";

  #parts;
  #handlers;
  #link = null;
  /** Counts what is begun; what was begun before the last one is over. */
  #turn = 0;
  #timer = null;
  #goodTimer = null;
  #mustWait = false;
  #lastTry = -Infinity;
  #hasNewToken = false;

  /**
   * @param {{url: string, tokens: object, rest: object, backoff: object, WebSocket: typeof WebSocket, timers: object,
   *     answerMillis: number}} parts
   * @param {{changed(detail: object): void, opened(link: Link): Promise<void>, pushed(push: object): void,
   *     lost(): void}} handlers `opened` resolves when nothing is missing
   */
  constructor(parts, handlers) {
    this.#parts = parts;
    this.#handlers = handlers;
  }

  start() {
    if (this.state === "idle" || this.state === "stopped") {
      this.#parts.backoff.reset();
      this.#parts.tokens.retry();
      this.#mustWait = false;
      this.#connect();
    }
  }

  /** To `idle`, or to `stopped` with the reason. */
  stop(state = "idle", detail = {}) {
    this.#turn++;
    this.#clearTimers();
    this.#drop();
    if (this.state !== state) {
      this.#enter(state, detail);
    }
  }

  /** Things may be different now: tries at once, or looks whether the connection is alive. */
  wake() {
    if (this.#link !== null) {
      this.#link.probe(PROBE_MILLIS);
    } else if (this.state === "waiting" && !this.#mustWait && this.#isLongAgo(this.#lastTry)) {
      this.#parts.backoff.reset();
      this.#connect();
    }
  }

  /** Or later than now: then the clock has been set back. */
  #isLongAgo(millis) {
    return Math.abs(this.#now() - millis) >= BETWEEN_TRIES_MILLIS;
  }

  async #connect() {
    const { tokens, timers } = this.#parts;
    const turn = ++this.#turn;
    timers.clearTimeout(this.#timer);
    this.#lastTry = this.#now();
    this.#enter("connecting");
    let token;
    try {
      token = await tokens.current();
    } catch (error) {
      this.#without(error, turn);
      return;
    }
    if (turn === this.#turn) {
      this.#open(token, turn);
    }
  }

  #without(error, turn) {
    if (turn !== this.#turn) {
      return;
    }
    if (error.code === "network") {
      this.#wait(this.#parts.backoff.next(), { error });
    } else {
      this.stop("stopped", { error });
    }
  }

  #open(token, turn) {
    const { url, WebSocket, timers, answerMillis } = this.#parts;
    const handlers = {
      opened: () => this.#synchronize(this.#link, turn),
      pushed: (push) => this.#handlers.pushed(push),
      closed: (end) => this.#lost(link, end),
    };
    let link;
    try {
      link = new Link({ url, token, WebSocket, timers, answerMillis }, handlers);
    } catch (cause) {
      // The page may not, and never will: a WebSocket without TLS on a page with it, for one.
      this.stop("stopped", { error: new ImError("network", cause.message, { cause }) });
      return;
    }
    this.#link = link;
  }

  async #synchronize(link, turn) {
    this.#enter("syncing");
    if (turn !== this.#turn) {
      return;
    }
    try {
      await this.#handlers.opened(link);
    } catch (error) {
      if (turn === this.#turn && link.isOpen) {
        this.#drop();
        this.#wait(this.#delay(error), { error });
      }
      return;
    }
    if (turn === this.#turn && link.isOpen) {
      this.#goodTimer = this.#parts.timers.setTimeout(() => this.#isGood(), GOOD_AFTER_MILLIS);
      this.#enter("online");
    }
  }

  #isGood() {
    this.#parts.backoff.reset();
    this.#hasNewToken = false;
  }

  async #lost(link, { code, wasOpen }) {
    if (link !== this.#link) {
      return;
    }
    const turn = ++this.#turn;
    this.#clearTimers();
    this.#link = null;
    this.#handlers.lost();
    if (code === SESSION_ENDED || code === TOKEN_EXPIRED) {
      this.#renew(link.token, code);
    } else if (wasOpen) {
      const wait = SLOW_DOWN.has(code) ? this.#parts.backoff.longest() : this.#parts.backoff.next();
      this.#wait(wait, { closeCode: code }, SLOW_DOWN.has(code));
    } else {
      await this.#examine(link.token, turn);
    }
  }

  /** A browser does not tell why a handshake failed: a call with the same token shows whether it is the token. */
  async #examine(token, turn) {
    let failure = new ImError("network", "the connection could not be made");
    try {
      await this.#parts.rest.callWith(token, "GET", "/u/user/get_session_list");
    } catch (error) {
      failure = error;
    }
    if (turn !== this.#turn) {
      return;
    }
    if (failure.code === "token_expired" || failure.code === "unauthenticated") {
      this.#renew(token);
    } else if (failure.code === "user_banned") {
      this.stop("stopped", { error: failure });
    } else {
      this.#wait(this.#delay(failure), { error: failure }, failure.code === "rate_limited");
    }
  }

  /** At once; but with tokens that are refused one after the other as with any failure. */
  #renew(token, closeCode) {
    this.#parts.tokens.refused(token, REASONS[closeCode]);
    if (this.#hasNewToken) {
      this.#wait(this.#parts.backoff.next(), { closeCode });
    } else {
      this.#hasNewToken = true;
      this.#connect();
    }
  }

  #delay(error) {
    return (error.retryAfter ?? 0) * 1000 + this.#parts.backoff.next();
  }

  #wait(millis, detail, mustWait = false) {
    this.#mustWait = mustWait;
    this.#timer = this.#parts.timers.setTimeout(() => this.#connect(), millis);
    this.#enter("waiting", { ...detail, retryAt: Math.round(this.#now() + millis) });
  }

  /** Ends the connection without hearing of its end. */
  #drop() {
    const link = this.#link;
    this.#link = null;
    if (link !== null) {
      this.#turn++;
      link.end();
      this.#handlers.lost();
    }
  }

  #enter(state, detail = {}) {
    this.state = state;
    const known = Object.entries(detail).filter(([, value]) => value !== undefined);
    this.#handlers.changed({ state, ...Object.fromEntries(known) });
  }

  #clearTimers() {
    this.#parts.timers.clearTimeout(this.#timer);
    this.#parts.timers.clearTimeout(this.#goodTimer);
  }

  #now() {
    return this.#parts.timers.now();
  }
}
