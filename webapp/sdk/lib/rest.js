import { ImError } from "./errors.js";

/** The calls over HTTP. */
export class Rest {
  #base;
  #fetch;
  #tokens;
  #language;
  #timers;
  #timeoutMillis;

  /** @param {{base: URL, fetch: typeof fetch, tokens: object, language?: string, timers: object, timeoutMillis: number}} parts */
  constructor({ base, fetch, tokens, language, timers, timeoutMillis }) {
    this.#base = base;
    this.#fetch = fetch;
    this.#tokens = tokens;
    this.#language = language;
    this.#timers = timers;
    this.#timeoutMillis = timeoutMillis;
  }

  /** Resolves to `data`. With a new token once more, if the server does not take this one. */
  async call(method, path, parameters = {}) {
    const { turn } = this.#tokens;
    const token = await this.#tokens.current();
    try {
      return await this.callWith(token, method, path, parameters);
    } catch (error) {
      const isOfToken = error.code === "token_expired" || error.code === "unauthenticated";
      // After logging out, another token would begin a session that nobody wants.
      if (!isOfToken || turn !== this.#tokens.turn) {
        throw error;
      }
      this.#tokens.refused(token);
      return this.callWith(await this.#tokens.current(), method, path, parameters);
    }
  }

  /** With that very token. */
  async callWith(token, method, path, parameters = {}) {
    const url = new URL(path.replace(/^\//, ""), this.#base);
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) {
        form.set(name, String(value));
      }
    }
    const headers = { token };
    if (this.#language) {
      headers["Accept-Language"] = this.#language;
    }
    const request = { method, headers, credentials: "omit", cache: "no-store" };
    if (method === "GET") {
      url.search = form.toString();
    } else {
      request.body = form;
    }
    return this.#exchange(url, request);
  }

  async #exchange(url, request) {
    const abort = new AbortController();
    const timer = this.#timers.setTimeout(() => abort.abort(), this.#timeoutMillis);
    try {
      const response = await this.#fetch(url.href, { ...request, signal: abort.signal });
      return read(await response.json(), response);
    } catch (cause) {
      if (cause instanceof ImError) {
        throw cause;
      }
      // A browser does not say why, nor whether an answer came that it keeps from the page (CORS).
      throw new ImError(abort.signal.aborted ? "timeout" : "network", "the server could not be reached", { cause });
    } finally {
      this.#timers.clearTimeout(timer);
    }
  }
}

function read(envelope, response) {
  if (envelope?.code === 200) {
    return envelope.data;
  }
  const seconds = Number(response.headers.get("Retry-After")) || undefined;
  throw ImError.of({ retry_after: seconds, ...envelope }, response.status);
}
