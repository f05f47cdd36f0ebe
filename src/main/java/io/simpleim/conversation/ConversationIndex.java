package io.simpleim.conversation;

import io.simpleim.model.ConversationEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * One user's conversations in their order, so that any page of them costs the same. Not thread-safe: its owner locks it.
 *
 * <p>An array that is kept sorted: the place of an entry is found by bisection, a page is a slice, and moving one of
 * 100,000 entries to the front shifts some hundred kilobytes, which takes microseconds.
 */
final class ConversationIndex {
    /** Stands for every type of room. */
    static final int ALL_TYPES = 0;

    private static final Comparator<ConversationEntry> NEWEST_FIRST = Comparator.comparingLong(
                    ConversationEntry::activeAtMillis)
            .reversed()
            .thenComparing(ConversationEntry::roomId);

    private final Map<String, ConversationEntry> byRoom = new HashMap<>();
    private final Map<Integer, List<ConversationEntry>> byType = new HashMap<>();
    private long newestMillis;

    ConversationIndex(List<ConversationEntry> entries) {
        // An entry that moves while the store walks over them is met twice.
        entries.forEach(entry -> byRoom.merge(
                entry.roomId(),
                entry,
                BinaryOperator.maxBy(Comparator.comparingLong(ConversationEntry::activeAtMillis))));
        for (ConversationEntry entry : byRoom.values()) {
            newestMillis = Math.max(newestMillis, entry.activeAtMillis());
            sorted(ALL_TYPES).add(entry);
            sorted(entry.roomType()).add(entry);
        }
        byType.values().forEach(list -> list.sort(NEWEST_FIRST));
    }

    /**
     * Moves a room to its new place. News that are older than what is known move nothing; what is read never goes back,
     * whatever of the two is older.
     */
    void apply(ConversationEntry news) {
        ConversationEntry known = byRoom.get(news.roomId());
        if (known == null) {
            insert(news);
            return;
        }
        ConversationEntry newer = known.activeAtMillis() >= news.activeAtMillis() ? known : news;
        ConversationEntry merged = newer.withReadSeq(Math.max(known.readSeq(), news.readSeq()));
        if (!merged.equals(known)) {
            remove(known.roomId());
            insert(merged);
        }
    }

    private void insert(ConversationEntry entry) {
        byRoom.put(entry.roomId(), entry);
        newestMillis = Math.max(newestMillis, entry.activeAtMillis());
        insert(sorted(ALL_TYPES), entry);
        insert(sorted(entry.roomType()), entry);
    }

    void remove(String roomId) {
        ConversationEntry known = byRoom.remove(roomId);
        if (known != null) {
            delete(sorted(ALL_TYPES), known);
            delete(sorted(known.roomType()), known);
        }
    }

    /**
     * A page, the latest activity first.
     *
     * @param roomType 0 = all
     * @param page counts from 1
     */
    List<ConversationEntry> page(int roomType, int page, int pageSize) {
        List<ConversationEntry> list = sorted(roomType);
        long from = (page - 1L) * pageSize;
        if (from >= list.size()) {
            return List.of();
        }
        return List.copyOf(list.subList((int) from, (int) Math.min(from + pageSize, list.size())));
    }

    /** The latest activity that is known, in Unix milliseconds. */
    long newestMillis() {
        return newestMillis;
    }

    int size() {
        return byRoom.size();
    }

    private List<ConversationEntry> sorted(int roomType) {
        return byType.computeIfAbsent(roomType, type -> new ArrayList<>());
    }

    private static void insert(List<ConversationEntry> list, ConversationEntry entry) {
        list.add(-Collections.binarySearch(list, entry, NEWEST_FIRST) - 1, entry);
    }

    private static void delete(List<ConversationEntry> list, ConversationEntry entry) {
        list.remove(Collections.binarySearch(list, entry, NEWEST_FIRST));
    }
}
