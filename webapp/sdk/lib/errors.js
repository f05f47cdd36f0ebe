/** What the server, the network or this client says no with. */
export class ImError extends Error {
  /**
   * @param {string} code the `error` of the server's envelope, or one of this client's own
   * @param {string} [text] for people
   * @param {{parameter?: string, retryAfter?: number, status?: number, cause?: unknown}} [more]
   */
  constructor(code, text = code, more = {}) {
    super(text, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "ImError";
    this.code = code;
    this.parameter = more.parameter;
    this.retryAfter = more.retryAfter;
    this.status = more.status;
  }

  /** Of an envelope that refuses. */
  static of(envelope, status) {
    return new ImError(envelope.error ?? "internal_error", envelope.msg, {
      parameter: envelope.parameter,
      retryAfter: envelope.retry_after,
      status,
    });
  }
}

const PASSING = new Set([
  "network",
  "timeout",
  "closed",
  "rate_limited",
  "unavailable",
  "internal_error",
  // A connection whose session has just ended still answers; then it is closed, and a new token asked for.
  "token_expired",
  "unauthenticated",
]);

/** Whether the same may go well another time: it is tried again. What else is refused stays refused. */
export function passes(error) {
  return error instanceof ImError && PASSING.has(error.code);
}
