package io.simpleim.standalone.store.key;

/** A range of keys. A bound is either not a stored key or belongs to the range. */
public record KeyRange(Key from, Key to) {
    public static final KeyRange ALL = new KeyRange(Key.FIRST, Key.FIRST.plus(KeyWriter.END));

    /** All ordered entries of an index. */
    public static final KeyRange ORDERED = new KeyRange(Key.FIRST, Key.FIRST.plus(KeyWriter.UNORDERED));

    public static final KeyRange UNORDERED =
            new KeyRange(Key.FIRST.plus(KeyWriter.UNORDERED), Key.FIRST.plus(KeyWriter.END));

    public static KeyRange startingWith(Key prefix) {
        return new KeyRange(prefix, prefix.plus(KeyWriter.END));
    }
}
