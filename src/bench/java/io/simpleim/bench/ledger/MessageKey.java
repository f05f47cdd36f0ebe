package io.simpleim.bench.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A 64-bit hash of a message id, so that millions can be kept in memory. 0 means none. */
final class MessageKey {
    /** Length of a message id in characters. */
    private static final int LENGTH = 72;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private MessageKey() {}

    static long of(String messageId) {
        byte[] bytes = messageId.getBytes(StandardCharsets.US_ASCII);
        return of(bytes, 0, bytes.length);
    }

    /** @return 0 if there are fewer bytes than an id has */
    static long of(byte[] bytes, int from, int to) {
        if (from < 0 || to - from < LENGTH) {
            return 0;
        }
        long key = 0;
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            key = (key ^ (long) LONGS.get(bytes, from + i)) * MULTIPLIER;
            key ^= key >>> 32;
        }
        return key == 0 ? 1 : key;
    }
}
