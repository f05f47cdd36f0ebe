/** An error from the server, the network or this client. */
export class ImError extends Error {
  /**
   * @param {string} code the `error` of the server's envelope, or a code of this client
   * @param {string} [text] a message for people
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

  /** Creates the error from the server's envelope. */
  static of(envelope, status) {
    return new ImError(envelope.error ?? "internal_error", envelope.msg, {
      parameter: envelope.parameter,
      retryAfter: envelope.retry_after,
      status,
    });
  }
}

const TRANSIENT = new Set([
  "network",
  "timeout",
  "closed",
  "rate_limited",
  "unavailable",
  "internal_error",
  // The server still answers on a connection whose session has just ended; then it closes the connection.
  "token_expired",
  "unauthenticated",
]);

/** Whether a retry may succeed. Other errors are final. */
export function isTransient(error) {
  return error instanceof ImError && TRANSIENT.has(error.code);
}
