package io.simpleim.standalone.store.key;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;

/**
 * The type of a stored map's values, with its encodings.
 *
 * @param code identifies the kind in the log
 * @param type encoding in a page of the file
 * @param write encoding in the log
 * @param read decoding from the log
 */
public record ValueKind<V>(int code, DataType<V> type, Function<V, byte[]> write, Function<byte[], V> read) {
    public static final ValueKind<byte[]> BYTES =
            new ValueKind<>(1, ByteArrayDataType.INSTANCE, Function.identity(), Function.identity());
    public static final ValueKind<Key> KEY = new ValueKind<>(2, KeyType.INSTANCE, Key::bytes, Key::new);
    public static final ValueKind<Long> LONG = new ValueKind<>(
            3,
            LongDataType.INSTANCE,
            ValueKind::bytes,
            bytes -> ByteBuffer.wrap(bytes).getLong());

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    public static ValueKind<?> of(int code) {
        return switch (code) {
            case 1 -> BYTES;
            case 2 -> KEY;
            case 3 -> LONG;
            default -> throw new IllegalStateException("Unknown kind of values " + code);
        };
    }

    public MVMap<Key, V> open(MVStore store, String name) {
        return store.openMap(
                name, new MVMap.Builder<Key, V>().keyType(KeyType.INSTANCE).valueType(type));
    }
}
