import { ImError } from "./errors.js";
import { Link } from "./link.js";

const SESSION_ENDED = 4001;
const TOKEN_EXPIRED = 4003;
/** The reason given to `getToken`, by close code. */
const TOKEN_REASONS = { [SESSION_ENDED]: "ended", [TOKEN_EXPIRED]: "expired" };
/** Close codes for a client that connects or sends too often. */
const SLOW_DOWN = new Set([1008, 4029]);

/** A connection that is online for this long is stable and resets the backoff. */
const STABLE_AFTER_MILLIS = 5_000;
/** Minimum time between an attempt and a wake-up that triggers another. */
const MIN_WAKE_INTERVAL_MILLIS = 1_000;
/** Maximum time for an answer after a wake-up, such as an opened lid or a changed network. */
const PROBE_MILLIS = 3_000;

/** Keeps the client connected. Implements the state machine shown in README.md, with one {@link Link} at a time. */
export class Connector {
  state = "idle";

  #parts;
  #handlers;
  #link = null;
  /** The number of the current attempt. Results of earlier attempts are ignored. */
  #attempt = 0;
  #timer = null;
  #stableTimer = null;
  /** Whether wake-ups do not end the current wait. */
  #mustWait = false;
  #lastAttemptAt = -Infinity;
  #hasRenewedToken = false;

  /**
   * @param {{url: string, tokens: object, rest: object, backoff: object, WebSocket: typeof WebSocket, timers: object,
   *     answerMillis: number}} parts
   * @param {{changed(detail: object): void, opened(link: Link): Promise<void>, pushed(push: object): void,
   *     lost(): void}} handlers `opened` resolves when the client is up to date
   */
  constructor(parts, handlers) {
    this.#parts = parts;
    this.#handlers = handlers;
  }

  start() {
    if (this.state === "idle" || this.state === "stopped") {
      this.#parts.backoff.reset();
      this.#parts.tokens.allowRetry();
      this.#mustWait = false;
      this.#connect();
    }
  }

  /** @param {"idle" | "stopped"} state */
  stop(state = "idle", detail = {}) {
    this.#attempt++;
    this.#clearTimers();
    this.#dropLink();
    if (this.state !== state) {
      this.#enter(state, detail);
    }
  }

  /** Reconnects at once, or probes the connection, because network or page may be back. */
  wake() {
    if (this.#link !== null) {
      this.#link.probe(PROBE_MILLIS);
    } else if (this.state === "waiting" && !this.#mustWait && this.#isLongAgo(this.#lastAttemptAt)) {
      this.#parts.backoff.reset();
      this.#connect();
    }
  }

  /** The absolute difference also covers a clock that was set back. */
  #isLongAgo(millis) {
    return Math.abs(this.#now() - millis) >= MIN_WAKE_INTERVAL_MILLIS;
  }

  async #connect() {
    const { tokens, timers } = this.#parts;
    const attempt = ++this.#attempt;
    timers.clearTimeout(this.#timer);
    this.#lastAttemptAt = this.#now();
    this.#enter("connecting");
    let token;
    try {
      token = await tokens.current();
    } catch (error) {
      this.#tokenFailed(error, attempt);
      return;
    }
    if (attempt === this.#attempt) {
      this.#open(token, attempt);
    }
  }

  #tokenFailed(error, attempt) {
    if (attempt !== this.#attempt) {
      return;
    }
    if (error.code === "network") {
      this.#wait(this.#parts.backoff.next(), { error });
    } else {
      this.stop("stopped", { error });
    }
  }

  #open(token, attempt) {
    const { url, WebSocket, timers, answerMillis } = this.#parts;
    const handlers = {
      opened: () => this.#synchronize(this.#link, attempt),
      pushed: (push) => this.#handlers.pushed(push),
      closed: (end) => this.#linkClosed(link, end),
    };
    let link;
    try {
      link = new Link({ url, token, WebSocket, timers, answerMillis }, handlers);
    } catch (cause) {
      // The browser forbids the connection for good, such as one without TLS on a page with TLS.
      this.stop("stopped", { error: new ImError("network", cause.message, { cause }) });
      return;
    }
    this.#link = link;
  }

  async #synchronize(link, attempt) {
    this.#enter("syncing");
    if (attempt !== this.#attempt) {
      return;
    }
    try {
      await this.#handlers.opened(link);
    } catch (error) {
      if (attempt === this.#attempt && link.isOpen) {
        this.#dropLink();
        this.#wait(this.#delay(error), { error });
      }
      return;
    }
    if (attempt === this.#attempt && link.isOpen) {
      this.#stableTimer = this.#parts.timers.setTimeout(() => this.#confirmStable(), STABLE_AFTER_MILLIS);
      this.#enter("online");
    }
  }

  #confirmStable() {
    this.#parts.backoff.reset();
    this.#hasRenewedToken = false;
  }

  async #linkClosed(link, { code, wasOpen }) {
    if (link !== this.#link) {
      return;
    }
    const attempt = ++this.#attempt;
    this.#clearTimers();
    this.#link = null;
    this.#handlers.lost();
    if (code === SESSION_ENDED || code === TOKEN_EXPIRED) {
      this.#renewToken(link.token, code);
    } else if (wasOpen) {
      const wait = SLOW_DOWN.has(code) ? this.#parts.backoff.longest() : this.#parts.backoff.next();
      this.#wait(wait, { closeCode: code }, SLOW_DOWN.has(code));
    } else {
      await this.#diagnoseHandshake(link.token, attempt);
    }
  }

  /** A browser does not say why a handshake failed. A REST call with the same token shows whether the token is the cause. */
  async #diagnoseHandshake(token, attempt) {
    let failure = new ImError("network", "the connection could not be made");
    try {
      await this.#parts.rest.callWith(token, "GET", "/u/user/get_session_list");
    } catch (error) {
      failure = error;
    }
    if (attempt !== this.#attempt) {
      return;
    }
    if (failure.code === "token_expired" || failure.code === "unauthenticated") {
      this.#renewToken(token);
    } else if (failure.code === "user_banned") {
      this.stop("stopped", { error: failure });
    } else {
      this.#wait(this.#delay(failure), { error: failure }, failure.code === "rate_limited");
    }
  }

  /** Connects at once with a new token, but waits if the server has just refused another new token. */
  #renewToken(token, closeCode) {
    this.#parts.tokens.invalidate(token, TOKEN_REASONS[closeCode]);
    if (this.#hasRenewedToken) {
      this.#wait(this.#parts.backoff.next(), { closeCode });
    } else {
      this.#hasRenewedToken = true;
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

  /** Ends the connection without handling it as lost. */
  #dropLink() {
    const link = this.#link;
    this.#link = null;
    if (link !== null) {
      this.#attempt++;
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
    this.#parts.timers.clearTimeout(this.#stableTimer);
  }

  #now() {
    return this.#parts.timers.now();
  }
}
