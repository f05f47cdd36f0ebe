package io.simpleim.bench.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A message's id as one number, so that millions of them can be compared; 0 stands for none. */
final class MessageKey {
    /** Characters of a message's id. */
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
