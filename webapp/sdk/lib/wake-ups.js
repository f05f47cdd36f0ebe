/** Moments at which a browser knows that the network, or the page's right to use it, may be back. */
export class WakeUps {
  #wake;
  #leave;
  #stop = null;

  /** @param {{wake(): void, leave(): void}} handlers `leave`: the page may be gone after this */
  constructor({ wake, leave }) {
    this.#wake = wake;
    this.#leave = leave;
  }

  start(page = globalThis) {
    if (this.#stop !== null || typeof page.addEventListener !== "function") {
      return;
    }
    const off = new AbortController();
    const listen = (target, event, listener) => target?.addEventListener(event, listener, { signal: off.signal });
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
    this.#stop = () => off.abort();
  }

  stop() {
    this.#stop?.();
    this.#stop = null;
  }
}
