import { createHash } from "node:crypto";

/**
 * The placeholders of a vector. In values of the server, `$name` stands for an id derived from the name. In expected values
 * of the client, `$name` matches any value the first time, and the same value from then on.
 */
export class ScriptValues {
  #bound = new Map();

  /** Replaces the placeholders in a value of the server. */
  fill(value) {
    return map(value, (text) => (text.startsWith("$") ? (this.#bound.get(text) ?? id(text)) : text));
  }

  /** Whether a value of the client matches. Additional members are allowed. A match binds the placeholders. */
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
    // Names in capitals are ids of the server: rooms and messages.
    const known = bound.get(name) ?? (/^\$[A-Z]/.test(name) ? id(name) : undefined);
    bound.set(name, known ?? is);
    return known === undefined || known === is;
  }
}

/** Applies a change to all strings of a value, after expanding `{"repeat": "x", "times": 200000}`. */
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

/** An id in the server's format: 72 hex digits. */
function id(name) {
  const hash = createHash("sha256").update(name).digest("hex");
  const uuid = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  return Buffer.from(uuid).toString("hex");
}
