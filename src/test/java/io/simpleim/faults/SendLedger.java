package io.simpleim.faults;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the senders of one test were receipts, and whatever anybody has seen that must not be. A message is known by its text,
 * which is its client's own id of it too: {@code <sender>|<number>}. Thread-safe.
 *
 * <p>The benchmark's ledger counts messages of which each is sent and pushed once. This one is for clients that send
 * again, connect again and may get something twice.
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

    /** Notes that a send was told to come again. */
    void refused() {
        refusals.incrementAndGet();
    }

    int refusals() {
        return refusals.get();
    }

    /** Answers by text. */
    Map<String, Receipt> receipts() {
        return Map.copyOf(receipts);
    }

    /** How many messages were answered. */
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
