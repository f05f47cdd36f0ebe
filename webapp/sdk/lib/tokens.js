import { ImError } from "./errors.js";

const TIMEOUT_MILLIS = 30_000;

/** Holds the current token and requests one from the application when needed. Concurrent callers share a request. */
export class Tokens {
  /** The user of the tokens; null before the first one. */
  userId = null;
  /** Incremented by {@link forget}. Requests of earlier generations are ignored. */
  generation = 0;

  #getToken;
  #timers;
  #token = null;
  #lastInvalid = null;
  #reason = "start";
  #pending = null;
  /** Whether the application has no token. It is not asked again before {@link allowRetry}. */
  #hasNone = false;

  #onUserKnown;

  /** @param {(userId: string) => void} onUserKnown called with the user of the first token */
  constructor(getToken, timers, onUserKnown) {
    this.#getToken = getToken;
    this.#timers = timers;
    this.#onUserKnown = onUserKnown;
  }

  /** @returns {Promise<string>} rejects with `no_token` or `other_user` permanently, with `network` temporarily */
  current() {
    if (this.#token !== null) {
      return Promise.resolve(this.#token);
    }
    if (this.#hasNone) {
      return Promise.reject(noTokenError());
    }
    if (this.#pending === null) {
      const pending = this.#request(this.generation).finally(() => {
        if (this.#pending === pending) {
          this.#pending = null;
        }
      });
      this.#pending = pending;
    }
    return this.#pending;
  }

  /** The current token, or null if one would have to be requested. */
  get cached() {
    return this.#token;
  }

  /**
   * Drops a token that the server has refused.
   *
   * @param [reason] the reason given by the server. Without it, the token's expiry is compared with the local clock
   */
  invalidate(token, reason = hasExpired(token, this.#timers.now()) ? "expired" : "ended") {
    if (token === this.#token) {
      this.#reason = reason;
      this.#lastInvalid = token;
      this.#token = null;
    }
  }

  /** Allows asking the application again after it had no token. */
  allowRetry() {
    this.#hasNone = false;
  }

  /** Forgets token and user. */
  forget() {
    this.generation++;
    this.#pending = null;
    this.#hasNone = false;
    this.userId = null;
    this.#token = null;
    this.#lastInvalid = null;
    this.#reason = "start";
  }

  async #request(generation) {
    const given = await this.#callGetToken();
    // Tokens from files and shell commands end with a line break.
    const token = typeof given === "string" ? given.trim() : given;
    if (generation !== this.generation) {
      throw new ImError("closed", "logged out before the token came");
    }
    if (token === null || token === undefined || token === "") {
      this.#hasNone = true;
      throw noTokenError();
    }
    if (token === this.#lastInvalid) {
      throw new ImError("network", "getToken returned the refused token again");
    }
    const { user_id: userId } = claims(token);
    if (typeof userId !== "string") {
      throw new ImError("no_token", "getToken did not return a token of this server");
    }
    if (this.userId !== null && this.userId !== userId) {
      // Waiting messages must not be sent in another user's name.
      throw new ImError("other_user", "the token belongs to another user, who needs another client");
    }
    this.#token = token;
    if (this.userId === null) {
      this.userId = userId;
      this.#onUserKnown(userId);
    }
    return token;
  }

  async #callGetToken() {
    let timer;
    const tooLate = new Promise((_, reject) => {
      timer = this.#timers.setTimeout(() => reject(new Error("getToken took too long")), TIMEOUT_MILLIS);
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

function noTokenError() {
  return new ImError("no_token", "there is no token to connect with");
}

function hasExpired(token, nowMillis) {
  const { login_expire: seconds } = claims(token);
  return seconds > 0 && seconds * 1000 <= nowMillis;
}

/** The claims of a JWT. Only the server can verify them. */
function claims(token) {
  try {
    const base64 = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
