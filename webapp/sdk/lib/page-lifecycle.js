/** Reports when the network or the page may be back, and when the page may be about to go. */
export class PageLifecycle {
  #wake;
  #leave;
  #removeListeners = null;

  /** @param {{wake(): void, leave(): void}} handlers `leave` may be the last call before the page is gone */
  constructor({ wake, leave }) {
    this.#wake = wake;
    this.#leave = leave;
  }

  start(page = globalThis) {
    if (this.#removeListeners !== null || typeof page.addEventListener !== "function") {
      return;
    }
    const abort = new AbortController();
    const listen = (target, event, listener) => target?.addEventListener(event, listener, { signal: abort.signal });
    listen(page, "online", this.#wake);
    listen(page, "offline", this.#wake);
    listen(page, "pageshow", this.#wake);
    listen(page, "pagehide", this.#leave);
    listen(page.document, "visibilitychange", () => {
      if (page.document.visibilityState === "visible") {
        this.#wake();
      } else {
        this.#leave();
      }
    });
    this.#removeListeners = () => abort.abort();
  }

  stop() {
    this.#removeListeners?.();
    this.#removeListeners = null;
  }
}
