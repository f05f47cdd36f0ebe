package io.simpleim.standalone.store;

/** Keys from one to another; the bounds are never keys themselves, or belong to the range. */
record KeyRange(Key from, Key to) {
    static final KeyRange ALL = new KeyRange(Key.FIRST, Key.FIRST.plus(KeyWriter.END));

    /** Everything that an index has in order. */
    static final KeyRange ORDERED = new KeyRange(Key.FIRST, Key.FIRST.plus(KeyWriter.UNORDERED));

    static final KeyRange UNORDERED = new KeyRange(Key.FIRST.plus(KeyWriter.UNORDERED), Key.FIRST.plus(KeyWriter.END));

    static KeyRange startingWith(Key prefix) {
        return new KeyRange(prefix, prefix.plus(KeyWriter.END));
    }
}
