package io.simpleim.standalone.store;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key of a stored map: bytes that compare like the values they stand for ({@link KeyWriter}). It is also what the
 * library calls the position of a document. Immutable; the array is never handed out for writing.
 */
final class Key implements Comparable<Key> {
    static final Key FIRST = new Key(new byte[0]);

    private final byte[] bytes;

    Key(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** What is left from this offset on: the position at the end of an entry of an index that is not unique. */
    Key from(int offset) {
        return new Key(Arrays.copyOfRange(bytes, offset, bytes.length));
    }

    Key plus(Key suffix) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + suffix.bytes.length);
        System.arraycopy(suffix.bytes, 0, joined, bytes.length, suffix.bytes.length);
        return new Key(joined);
    }

    Key plus(int lastByte) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) lastByte;
        return new Key(longer);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
