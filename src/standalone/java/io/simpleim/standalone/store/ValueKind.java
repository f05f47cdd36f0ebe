package io.simpleim.standalone.store;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;

/**
 * What the values of a stored map are, in a page of the file and in the log.
 *
 * @param code names the kind in the log
 */
record ValueKind<V>(int code, DataType<V> type, Function<V, byte[]> write, Function<byte[], V> read) {
    static final ValueKind<byte[]> BYTES =
            new ValueKind<>(1, ByteArrayDataType.INSTANCE, Function.identity(), Function.identity());
    static final ValueKind<Key> KEY = new ValueKind<>(2, KeyType.INSTANCE, Key::bytes, Key::new);
    static final ValueKind<Long> LONG = new ValueKind<>(
            3,
            LongDataType.INSTANCE,
            ValueKind::bytes,
            bytes -> ByteBuffer.wrap(bytes).getLong());

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static ValueKind<?> of(int code) {
        return switch (code) {
            case 1 -> BYTES;
            case 2 -> KEY;
            case 3 -> LONG;
            default -> throw new IllegalStateException("There is no kind of values " + code);
        };
    }

    MVMap<Key, V> open(MVStore store, String name) {
        return store.openMap(
                name, new MVMap.Builder<Key, V>().keyType(KeyType.INSTANCE).valueType(type));
    }
}
