package io.simpleim.bench.ledger;

import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Compares a ledger with the store. Not thread-safe. */
public final class StoreAudit {
    private static final int PAGE = 500;

    private final UserMessageDao entries;
    private final MessageDao messages;
    private long lost;
    private long doubled;

    public StoreAudit(UserMessageDao entries, MessageDao messages) {
        this.entries = entries;
        this.messages = messages;
    }

    /** The ledger's balance, plus the messages that the store has lost or doubled. */
    public Balance audit(Ledger ledger) {
        Set<String> seen = new HashSet<>();
        for (RoomBook book : ledger.books()) {
            for (long from = 1; from <= book.last(); from += PAGE) {
                auditPage(book, from, Math.min(book.last(), from + PAGE - 1), seen);
            }
        }
        return ledger.balance().plus(new Balance(0, 0, lost, 0, doubled, 0, 0, 0, Map.of()));
    }

    private void auditPage(RoomBook book, long from, long to, Set<String> seen) {
        List<Long> numbers = LongStream.rangeClosed(from, to).boxed().toList();
        Map<Long, String> stored = new HashMap<>();
        entries.findNumbers(book.roomId(), numbers).forEach((seq, entry) -> stored.put(seq, entry.messageId()));
        Set<String> withBody = messages.findAll(stored.values()).keySet();
        doubled += stored.values().stream().filter(id -> !seen.add(id)).count();
        for (long seq : numbers) {
            long key = book.answeredKey(seq);
            String messageId = stored.getOrDefault(seq, "");
            if (key != 0 && (MessageKey.of(messageId) != key || !withBody.contains(messageId))) {
                lost++;
            }
        }
    }
}
