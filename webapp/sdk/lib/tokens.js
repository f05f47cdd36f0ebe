import { ImError } from "./errors.js";

const PATIENCE_MILLIS = 30_000;

/** The token that counts, asked for where there is none; asked for once, however many want it. */
export class Tokens {
  /** The user of the tokens; null before the first one. */
  userId = null;
  /** Counts the times that all was forgotten: what was asked for before then does not count any more. */
  turn = 0;

  #getToken;
  #timers;
  #token = null;
  #lastRefused = null;
  #reason = "start";
  #asking = null;
  /** It was said that there is none: not asked again until {@link retry}, by a call that comes late for one. */
  #hasNone = false;

  #known;

  /** @param {(userId: string) => void} known is called when it is known whose tokens these are */
  constructor(getToken, timers, known) {
    this.#getToken = getToken;
    this.#timers = timers;
    this.#known = known;
  }

  /** @returns {Promise<string>} rejects with `no_token` or `other_user` for good, with `network` for now */
  current() {
    if (this.#token !== null) {
      return Promise.resolve(this.#token);
    }
    if (this.#hasNone) {
      return Promise.reject(noToken());
    }
    if (this.#asking === null) {
      const asking = this.#ask(this.turn).finally(() => {
        if (this.#asking === asking) {
          this.#asking = null;
        }
      });
      this.#asking = asking;
    }
    return this.#asking;
  }

  /** The token that counts, if there is one now. */
  get held() {
    return this.#token;
  }

  /**
   * The server takes that token no more: another one is asked for when one is needed.
   *
   * @param [reason] if the server has said it; else the clock is asked, which may be wrong
   */
  refused(token, reason = hasExpired(token, this.#timers.now()) ? "expired" : "ended") {
    if (token === this.#token) {
      this.#reason = reason;
      this.#lastRefused = token;
      this.#token = null;
    }
  }

  /** There may be one again. */
  retry() {
    this.#hasNone = false;
  }

  /** Forgets token and user; the next one is asked for as the first was. */
  forget() {
    this.turn++;
    this.#asking = null;
    this.#hasNone = false;
    this.userId = null;
    this.#token = null;
    this.#lastRefused = null;
    this.#reason = "start";
  }

  async #ask(turn) {
    const given = await this.#answer();
    // A file, or what a shell has printed, ends with a line break.
    const token = typeof given === "string" ? given.trim() : given;
    if (turn !== this.turn) {
      throw new ImError("closed", "logged out before the token came");
    }
    if (token === null || token === undefined || token === "") {
      this.#hasNone = true;
      throw noToken();
    }
    if (token === this.#lastRefused) {
      throw new ImError("network", "getToken gave the token again that the server does not take any more");
    }
    const { user_id: userId } = claims(token);
    if (typeof userId !== "string") {
      throw new ImError("no_token", "getToken gave no token of this server");
    }
    if (this.userId !== null && this.userId !== userId) {
      // What waits to be sent is the other user's.
      throw new ImError("other_user", "the token is of another user: make another client for that one");
    }
    this.#token = token;
    if (this.userId === null) {
      this.userId = userId;
      this.#known(userId);
    }
    return token;
  }

  async #answer() {
    let timer;
    const tooLate = new Promise((_, reject) => {
      timer = this.#timers.setTimeout(() => reject(new Error("getToken took too long")), PATIENCE_MILLIS);
    });
    try {
      return await Promise.race([this.#getToken(this.#reason), tooLate]);
    } catch (cause) {
      throw new ImError("network", `no token for now: ${cause?.message ?? cause}`, { cause });
    } finally {
      this.#timers.clearTimeout(timer);
    }
  }
}

function noToken() {
  return new ImError("no_token", "there is no token to connect with");
}

function hasExpired(token, nowMillis) {
  const { login_expire: seconds } = claims(token);
  return seconds > 0 && seconds * 1000 <= nowMillis;
}

/** What a JWT says. Whether it says the truth is the server's to judge. */
function claims(token) {
  try {
    const base64 = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
