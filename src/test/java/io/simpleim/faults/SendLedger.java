package io.simpleim.faults;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answers that the senders of one test have got, and all faults that any client has seen. A message is identified
 * by its text, which is also its client message id: {@code <sender>|<number>}. Thread-safe.
 *
 * <p>The benchmark's ledger counts messages that are sent and pushed exactly once. This one is for clients that retry,
 * reconnect and may receive a message twice.
 */
final class SendLedger {
    private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** An answer with code 200. */
    record Receipt(String roomId, long seq, String messageId, long createdAt) {
        static Receipt of(JsonObject data) {
            return new Receipt(
                    data.get("room_id").getAsString(),
                    data.get("seq").getAsLong(),
                    data.get("message_id").getAsString(),
                    data.get("created_at").getAsLong());
        }
    }

    static String text(String sender, int number) {
        return sender + "|" + number;
    }

    static String senderOf(String text) {
        return text.substring(0, text.lastIndexOf('|'));
    }

    void answered(String text, JsonObject data) {
        Receipt now = Receipt.of(data);
        Receipt before = receipts.putIfAbsent(text, now);
        if (before != null && !before.equals(now)) {
            fault(text + " was answered with " + before + " and then with " + now);
        }
    }

    void fault(String what) {
        faults.add(what);
    }

    /** Counts a send that was refused as unavailable. */
    void refused() {
        refusals.incrementAndGet();
    }

    int refusals() {
        return refusals.get();
    }

    /** Receipts by text. */
    Map<String, Receipt> receipts() {
        return Map.copyOf(receipts);
    }

    /** Number of answered messages. */
    int size() {
        return receipts.size();
    }

    void assertNoFaults() {
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    faults.size() + " faults: " + faults.stream().limit(20).toList());
        }
    }
}
