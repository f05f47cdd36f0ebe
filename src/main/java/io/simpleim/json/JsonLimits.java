package io.simpleim.json;

/**
 * Limits for one JSON text.
 *
 * @param depth levels of objects and arrays
 * @param members total of object members and array items
 */
public record JsonLimits(int depth, int members) {
    /** For texts that the server wrote itself; the depth limit still protects the reader's stack. */
    public static final JsonLimits NONE = new JsonLimits(16, Integer.MAX_VALUE);
}
