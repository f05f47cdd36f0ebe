package io.simpleim.standalone.store.key;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values as bytes whose unsigned order is MongoDB's order of the values. One byte comparison serves every map,
 * and a range of values is a range of keys. The encoding is part of the file format and must not change.
 *
 * <pre>
 * null, missing  10
 * number         20, nearest double (8, sign folded in), rest of a long that no double can hold (2)
 * string         30, UTF-16 units as 1 to 3 bytes each, 00 as 00 FF, end 00
 * binary         40, length (4), bytes
 * UUID           48, 16 bytes
 * ObjectId       50, 12 bytes
 * boolean        58, 00 or 01
 * date           60, milliseconds (8, sign folded in)
 * anything else  FD, BSON with 00 as 00 FF, end 00: equal values give equal bytes, but their order means nothing
 * </pre>
 *
 * <p>Each encoding is self-delimiting, so values can be concatenated. Two values have the same key exactly if the
 * library considers them equal, like 5, 5L and 5.0. No value begins with FE or FF, which indexes use ({@link
 * #UNORDERED}, {@link #END}). Strings are encoded by UTF-16 unit because the library sorts by {@link String#compareTo}.
 * Not thread-safe.
 */
public final class KeyWriter {
    /** Prefix of documents that an index cannot order; above every value. */
    public static final int UNORDERED = 0xFE;
    /** Above every byte that may follow a prefix. */
    public static final int END = 0xFF;

    public static final int OTHER = 0xFD;

    private static final int NULL = 0x10;
    private static final int NUMBER = 0x20;
    private static final int STRING = 0x30;
    private static final int BINARY = 0x40;
    private static final int UUID_VALUE = 0x48;
    private static final int OBJECT_ID = 0x50;
    private static final int BOOLEAN = 0x58;
    private static final int DATE = 0x60;

    private byte[] bytes = new byte[64];
    private int length;

    public static Key key(@Nullable Object value) {
        return new KeyWriter().value(value).toKey();
    }

    public static Key joined(Iterable<?> values) {
        KeyWriter writer = new KeyWriter();
        values.forEach(writer::value);
        return writer.toKey();
    }

    /** First byte of all values that a range condition compares with this one. */
    public static int bracket(@Nullable Object value) {
        if (value == null || value instanceof Missing) {
            return NULL;
        } else if (value instanceof Number) {
            return NUMBER;
        } else if (value instanceof String) {
            return STRING;
        } else if (value instanceof BinData) {
            return BINARY;
        } else if (value instanceof UUID) {
            return UUID_VALUE;
        } else if (value instanceof ObjectId) {
            return OBJECT_ID;
        } else if (value instanceof Boolean) {
            return BOOLEAN;
        } else {
            return value instanceof Instant ? DATE : OTHER;
        }
    }

    /** Whether the encoding has the value's order. Decimals do not: two may be closer than doubles can distinguish. */
    public static boolean isOrdered(@Nullable Object value) {
        return bracket(value) != OTHER && !(value instanceof Decimal128);
    }

    public KeyWriter value(@Nullable Object value) {
        int bracket = bracket(value);
        write(bracket);
        if (value instanceof Number number) {
            number(number);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof BinData data) {
            binary(data.getData());
        } else if (value instanceof UUID uuid) {
            uuid(uuid);
        } else if (value instanceof ObjectId id) {
            write(id.toByteArray());
        } else if (value instanceof Boolean bool) {
            write(bool ? 1 : 0);
        } else if (value instanceof Instant instant) {
            signed(instant.toEpochMilli());
        } else if (bracket == OTHER) {
            other(value);
        }
        return this;
    }

    public Key toKey() {
        return new Key(Arrays.copyOf(bytes, length));
    }

    private void number(Number value) {
        double nearest = value.doubleValue() + 0.0; // makes -0.0 the same as 0.0
        long bits = Double.doubleToLongBits(nearest);
        signed(bits >= 0 ? bits : (~bits ^ Long.MIN_VALUE));
        int rest = value instanceof Long exact ? (int) (exact - (long) nearest) : 0;
        bigEndian(rest ^ 0x8000, 2); // within 512, half the distance of the largest doubles a long comes near
    }

    private void string(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                bigEndian(0x00FF, 2);
            } else if (c < 0x80) {
                write(c);
            } else if (c < 0x800) {
                bigEndian(((0xC0 | (c >> 6)) << 8) | 0x80 | (c & 0x3F), 2);
            } else {
                bigEndian(((0xE0 | (c >> 12)) << 16) | ((0x80 | ((c >> 6) & 0x3F)) << 8) | 0x80 | (c & 0x3F), 3);
            }
        }
        write(0);
    }

    private void binary(byte[] data) {
        bigEndian(data.length, 4); // the library compares lengths first
        write(data);
    }

    private void uuid(UUID value) {
        bigEndian(value.getMostSignificantBits(), 8);
        bigEndian(value.getLeastSignificantBits(), 8);
    }

    private void other(@Nullable Object value) {
        Object normalized = new KeyValue(value).normalized().get(0);
        for (byte b : BsonBytes.encode(new Document("", normalized))) {
            write(b);
            if (b == 0) {
                write(END);
            }
        }
        write(0);
    }

    private void signed(long value) {
        bigEndian(value ^ Long.MIN_VALUE, 8);
    }

    private void bigEndian(long value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            write((int) (value >>> shift));
        }
    }

    private void write(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
    }

    private void write(byte[] data) {
        for (byte b : data) {
            write(b);
        }
    }
}
