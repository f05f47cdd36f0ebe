import { createHash } from "node:crypto";

/**
 * What a vector leaves open. In what the server says, `$name` stands for an id, the same one each time. In what the client
 * is to say, `$name` is whatever it says the first time, and has to be the same from then on.
 */
export class ScriptValues {
  #bound = new Map();

  /** What the server says. */
  fill(value) {
    return map(value, (text) => (text.startsWith("$") ? (this.#bound.get(text) ?? id(text)) : text));
  }

  /** Whether the client says what it is to say; more members are its own affair. Binds names if it does. */
  matches(expected, actual) {
    const bound = new Map(this.#bound);
    const fits = (wanted, is) => {
      if (typeof wanted === "string" && wanted.startsWith("$")) {
        return this.#fits(bound, wanted, is);
      }
      if (wanted !== null && typeof wanted === "object") {
        return is !== null && typeof is === "object" && Object.keys(wanted).every((key) => fits(wanted[key], is[key]));
      }
      return wanted === is;
    };
    const isMatch = fits(map(expected, (text) => text), actual);
    if (isMatch) {
      this.#bound = bound;
    }
    return isMatch;
  }

  #fits(bound, name, is) {
    if (is === undefined) {
      return false;
    }
    // Names in capitals are the server's: rooms and messages.
    const known = bound.get(name) ?? (/^\$[A-Z]/.test(name) ? id(name) : undefined);
    bound.set(name, known ?? is);
    return known === undefined || known === is;
  }
}

/** Long values are written as `{"repeat": "x", "times": 200000}`. */
function map(value, change) {
  if (typeof value === "string") {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((one) => map(one, change));
  }
  if (value !== null && typeof value === "object") {
    if (typeof value.repeat === "string") {
      return value.repeat.repeat(value.times);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one, change)]));
  }
  return value;
}

/** As the server's: 72 hex digits. */
function id(name) {
  const hash = createHash("sha256").update(name).digest("hex");
  const uuid = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  return Buffer.from(uuid).toString("hex");
}
