package io.simpleim.json;

/**
 * How much of it a text may be.
 *
 * @param depth levels of objects and arrays
 * @param members members of objects and items of arrays, in all
 */
public record JsonLimits(int depth, int members) {
    /** For texts that nobody else has written. The depth keeps the reader from running out of stack all the same. */
    public static final JsonLimits NONE = new JsonLimits(16, Integer.MAX_VALUE);
}
