package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.RoomType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads users' conversation lists in order of activity. Thread-safe.
 *
 * <p>Nearly all reads are of the first pages, which come from the end of a database index. A deep page would have to
 * walk that index from its end, so the order of the whole list is then cached in memory for a while. Each read
 * refreshes the cached order with the latest changes in the store, made on any node. They are again a range at the end
 * of the database index, usually an empty one, and nodes need not notify each other.
 */
final class ConversationOrder {
    /** Pages that end within this number of entries are read from the store each time; that takes about a millisecond. */
    private static final int MAX_SHALLOW = 200;

    private static final long MAX_CACHED_ENTRIES = 2_000_000;
    private static final Duration CACHED_FOR = Duration.ofMinutes(10);

    /** A refresh reads this far back, because nodes write some time after the activity, and their clocks differ. */
    private static final long OVERLAP_MILLIS = 2L * Activity.MAX_PAUSE_MILLIS;

    private final ConversationState state;
    /** By user id. Each index is guarded by itself. */
    private final Cache<String, ConversationIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_ENTRIES)
            .weigher((String userId, ConversationIndex index) -> 1 + index.size())
            .expireAfterAccess(CACHED_FOR)
            .build();

    ConversationOrder(ConversationState state) {
        this.state = state;
    }

    /**
     * A page of a list.
     *
     * @param hasReadSeqs whether the read positions of the entries are current; if not, only their order is
     */
    record Slice(List<ConversationEntry> entries, boolean hasReadSeqs) {
        List<String> roomIds() {
            return entries.stream().map(ConversationEntry::roomId).toList();
        }
    }

    /**
     * Reads a page of a user's list as it is now; empty if it is past the end.
     *
     * @param roomType {@link ConversationIndex#ALL_TYPES} or one of {@link RoomType}
     * @param page counts from 1
     * @param excluded rooms to leave out
     */
    Slice read(String userId, int roomType, int page, int pageSize, Set<String> excluded) {
        long depth = (long) page * pageSize + excluded.size();
        if (depth <= MAX_SHALLOW) {
            ConversationIndex latest = state.latest(userId, roomType, (int) depth);
            excluded.forEach(latest::remove);
            return new Slice(latest.page(roomType, page, pageSize), true);
        }
        ConversationIndex index = indexes.get(userId, state::load);
        synchronized (index) {
            state.refresh(index, userId, index.newestMillis() - OVERLAP_MILLIS);
            excluded.forEach(index::remove);
            return new Slice(index.page(roomType, page, pageSize), false);
        }
    }

    /** The user's read positions in the rooms of a slice, by room; rooms without one are left out. */
    Map<String, Long> readSeqs(String userId, Slice slice) {
        if (!slice.hasReadSeqs()) {
            return state.readSeqsOfRooms(userId, slice.roomIds());
        }
        Map<String, Long> readSeqs = new HashMap<>();
        slice.entries().forEach(entry -> readSeqs.put(entry.roomId(), entry.readSeq()));
        return readSeqs;
    }
}
