import { ImError } from "./errors.js";

/** Calls the REST API. */
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

  /** Resolves to `data`. Retries once with a new token if the server refuses the current one. */
  async call(method, path, parameters = {}) {
    const { generation } = this.#tokens;
    const token = await this.#tokens.current();
    try {
      return await this.callWith(token, method, path, parameters);
    } catch (error) {
      const isTokenError = error.code === "token_expired" || error.code === "unauthenticated";
      // After logout, a new token would start an unwanted session.
      if (!isTokenError || generation !== this.#tokens.generation) {
        throw error;
      }
      this.#tokens.invalidate(token);
      return this.callWith(await this.#tokens.current(), method, path, parameters);
    }
  }

  /** Calls with the given token, without a retry. */
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
      return dataOf(await response.json(), response);
    } catch (cause) {
      if (cause instanceof ImError) {
        throw cause;
      }
      // A browser does not say why a call failed, nor whether CORS has hidden an answer from the page.
      throw new ImError(abort.signal.aborted ? "timeout" : "network", "the server could not be reached", { cause });
    } finally {
      this.#timers.clearTimeout(timer);
    }
  }
}

function dataOf(envelope, response) {
  if (envelope?.code === 200) {
    return envelope.data;
  }
  const seconds = Number(response.headers.get("Retry-After")) || undefined;
  throw ImError.of({ retry_after: seconds, ...envelope }, response.status);
}
