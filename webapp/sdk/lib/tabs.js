/**
 * Which tabs of this site are alive, so that what one has queued is sent by another only when the first is gone. By the
 * locks that browsers give to pages of secure origins; elsewhere it is not known.
 */
export class Tabs {
  id = uuid();

  #locks;
  #prefix;
  #letGo = null;

  constructor(prefix, locks = globalThis.navigator?.locks) {
    this.#prefix = `${prefix}tab:`;
    this.#locks = locks;
  }

  /** Counts as alive from now on, until {@link leave}, or until the page is gone. */
  enter() {
    if (this.#letGo === null) {
      const held = new Promise((resolve) => (this.#letGo = resolve));
      this.#locks?.request(this.#prefix + this.id, () => held).catch(() => {});
    }
  }

  leave() {
    this.#letGo?.();
    this.#letGo = null;
  }

  /** @returns {Promise<Set<string>>} the ids of those known to be alive, this one among them */
  async alive() {
    const ids = new Set([this.id]);
    try {
      const { held = [] } = (await this.#locks?.query()) ?? {};
      held
        .filter(({ name }) => name.startsWith(this.#prefix))
        .forEach(({ name }) => ids.add(name.slice(this.#prefix.length)));
    } catch {
      // Then it is not known, as where there are no locks.
    }
    return ids;
  }
}

/** Also where pages have no `crypto.randomUUID`: those without TLS. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
