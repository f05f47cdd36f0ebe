import { ImError } from "./errors.js";

/** The promise that `connect` returns: settled when the client is first online, or stops before that. */
export class ConnectPromise {
  #pending = null;

  get() {
    if (this.#pending === null) {
      const pending = {};
      pending.promise = new Promise((resolve, reject) => Object.assign(pending, { resolve, reject }));
      // Applications may ignore the promise and use the `state` event.
      pending.promise.catch(() => {});
      this.#pending = pending;
    }
    return this.#pending.promise;
  }

  /** Settles the promise if a `state` event decides it. */
  settle({ state, error }) {
    const pending = this.#pending;
    if (state === "online") {
      this.#pending = null;
      pending?.resolve();
    } else if (state === "stopped" || state === "idle") {
      this.#pending = null;
      pending?.reject(error ?? new ImError("closed", "closed before it was online"));
    }
  }
}
