/**
 * Finds out which tabs of this site are alive, because a tab takes over messages only from tabs that are gone. Uses the Web
 * Locks API, which only secure origins have; elsewhere only this tab counts as alive.
 */
export class Tabs {
  id = uuid();

  #locks;
  #prefix;
  #release = null;

  constructor(prefix, locks = globalThis.navigator?.locks) {
    this.#prefix = `${prefix}tab:`;
    this.#locks = locks;
  }

  /** This tab is alive from now on, until {@link leave} or until the page is gone. */
  enter() {
    if (this.#release === null) {
      const held = new Promise((resolve) => (this.#release = resolve));
      this.#locks?.request(this.#prefix + this.id, () => held).catch(() => {});
    }
  }

  leave() {
    this.#release?.();
    this.#release = null;
  }

  /** @returns {Promise<Set<string>>} the ids of the tabs known to be alive, including this one */
  async alive() {
    const ids = new Set([this.id]);
    try {
      const { held = [] } = (await this.#locks?.query()) ?? {};
      held
        .filter(({ name }) => name.startsWith(this.#prefix))
        .forEach(({ name }) => ids.add(name.slice(this.#prefix.length)));
    } catch {
      // Same as without locks.
    }
    return ids;
  }
}

/** Pages without TLS have no `crypto.randomUUID`. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
