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
 * One user's conversations in order of activity; each page costs the same at any depth. Not thread-safe: its owner
 * guards it.
 *
 * <p>The conversations are kept in sorted arrays. A binary search finds an entry, and a page is a slice. Moving one of
 * 100,000 entries to the front shifts a few hundred kilobytes, which takes microseconds.
 */
final class ConversationIndex {
    /** Stands for all room types. */
    static final int ALL_TYPES = 0;

    private static final Comparator<ConversationEntry> NEWEST_FIRST = Comparator.comparingLong(
                    ConversationEntry::activeAtMillis)
            .reversed()
            .thenComparing(ConversationEntry::roomId);

    private final Map<String, ConversationEntry> byRoom = new HashMap<>();
    private final Map<Integer, List<ConversationEntry>> byType = new HashMap<>();
    private long newestMillis;

    ConversationIndex(List<ConversationEntry> entries) {
        // The store may return an entry twice if it moves while the query runs.
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
     * Adds a conversation or moves it to its new place. An older update does not move it; a read position never goes back.
     */
    void apply(ConversationEntry update) {
        ConversationEntry known = byRoom.get(update.roomId());
        if (known == null) {
            insert(update);
            return;
        }
        ConversationEntry newer = known.activeAtMillis() >= update.activeAtMillis() ? known : update;
        ConversationEntry merged = newer.withReadSeq(Math.max(known.readSeq(), update.readSeq()));
        if (!merged.equals(known)) {
            remove(known.roomId());
            insert(merged);
        }
    }

    /** Raises the read position of a conversation; ignored if the conversation is not in the index. */
    void raiseReadSeq(String roomId, long readSeq) {
        ConversationEntry known = byRoom.get(roomId);
        if (known != null) {
            apply(known.withReadSeq(readSeq));
        }
    }

    private void insert(ConversationEntry entry) {
        byRoom.put(entry.roomId(), entry);
        newestMillis = Math.max(newestMillis, entry.activeAtMillis());
        insert(sorted(ALL_TYPES), entry);
        insert(sorted(entry.roomType()), entry);
    }

    /** Removes a conversation; ignored if it is not in the index. */
    void remove(String roomId) {
        ConversationEntry known = byRoom.remove(roomId);
        if (known != null) {
            delete(sorted(ALL_TYPES), known);
            delete(sorted(known.roomType()), known);
        }
    }

    /**
     * A page, latest activity first.
     *
     * @param roomType {@link #ALL_TYPES} or one of {@link io.simpleim.model.RoomType}
     * @param page counts from 1; one past the end is empty
     */
    List<ConversationEntry> page(int roomType, int page, int pageSize) {
        List<ConversationEntry> list = sorted(roomType);
        long from = (page - 1L) * pageSize;
        if (from >= list.size()) {
            return List.of();
        }
        return List.copyOf(list.subList((int) from, (int) Math.min(from + pageSize, list.size())));
    }

    /** Time of the latest activity that was ever in the index, in Unix milliseconds; 0 if there was none. */
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
