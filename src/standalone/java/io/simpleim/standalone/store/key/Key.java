package io.simpleim.standalone.store.key;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key of a stored map: bytes that compare like the values they encode ({@link KeyWriter}). The library uses it as the
 * position of a document. Immutable: callers must not modify the array.
 */
public final class Key implements Comparable<Key> {
    public static final Key FIRST = new Key(new byte[0]);

    private final byte[] bytes;

    /** @param bytes not copied; the caller must not modify them */
    public Key(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** The bytes from this offset on. In an entry of a non-unique index, the position comes after the values. */
    public Key from(int offset) {
        return new Key(Arrays.copyOfRange(bytes, offset, bytes.length));
    }

    public Key plus(Key suffix) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + suffix.bytes.length);
        System.arraycopy(suffix.bytes, 0, joined, bytes.length, suffix.bytes.length);
        return new Key(joined);
    }

    public Key plus(int lastByte) {
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
