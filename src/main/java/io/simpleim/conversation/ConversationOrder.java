package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.RoomType;
import io.simpleim.store.mongo.ChatLogDao;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The order of the users' conversation lists. Thread-safe.
 *
 * <p>The first pages, which nearly everybody reads, come from the end of an index of the store. It cannot give the
 * thousandth page without walking to it, so whoever reads that deep has the order of the whole list kept in memory for a
 * while. It is brought up to date at every reading with what has changed in the store since, whoever changed it: again a
 * range at the end of the index, usually empty. So nodes need not tell each other, and memory is only a cache.
 */
final class ConversationOrder {
    /** As deep as this a list is read from the store: some hundred entries of an index cost about a millisecond. */
    private static final int SHALLOW = 200;

    private static final long MAX_ENTRIES = 2_000_000;
    private static final Duration KEEP = Duration.ofMinutes(10);

    /** Nodes write some time after the activity, by clocks that differ: so far back changes are looked at again. */
    private static final long OVERLAP_MILLIS = 2L * Activity.SLOWEST_MILLIS;

    private final ChatLogDao chatLog;
    private final Activity activity;
    private final Cache<String, ConversationIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(MAX_ENTRIES)
            .weigher((String userId, ConversationIndex index) -> 1 + index.size())
            .expireAfterAccess(KEEP)
            .build();

    ConversationOrder(ChatLogDao chatLog, Activity activity) {
        this.chatLog = chatLog;
        this.activity = activity;
    }

    /**
     * Whether so many entries, from the first on, are read from the store every time: then all of each is as it is now,
     * else its place alone.
     */
    static boolean isReadWhole(long depth) {
        return depth <= SHALLOW;
    }

    /**
     * Reads the user's list as it is now.
     *
     * @param roomType {@link ConversationIndex#ALL_TYPES} or one of {@link RoomType}
     * @param depth how many entries, from the first on, the reader needs
     */
    <T> T read(String userId, int roomType, long depth, Function<ConversationIndex, T> reader) {
        if (isReadWhole(depth)) {
            List<ConversationEntry> pending = activity.pendingOf(userId);
            ConversationIndex latest = latest(userId, roomType, (int) depth);
            pending.forEach(latest::apply);
            return reader.apply(latest);
        }
        ConversationIndex index = indexes.get(userId, this::load);
        synchronized (index) {
            // In this order: what is not pending any more is in the store by then.
            List<ConversationEntry> pending = activity.pendingOf(userId);
            long since = index.newestMillis() - OVERLAP_MILLIS;
            chatLog.forEachActiveSince(userId, RoomType.SINGLE, since, index::apply);
            chatLog.forEachActiveSince(userId, RoomType.GROUP, since, index::apply);
            pending.forEach(index::apply);
            return reader.apply(index);
        }
    }

    private ConversationIndex latest(String userId, int roomType, int depth) {
        List<ConversationEntry> entries = new ArrayList<>();
        if (roomType != RoomType.GROUP) {
            entries.addAll(chatLog.latest(userId, RoomType.SINGLE, depth));
        }
        if (roomType != RoomType.SINGLE) {
            entries.addAll(chatLog.latest(userId, RoomType.GROUP, depth));
        }
        return new ConversationIndex(entries);
    }

    private ConversationIndex load(String userId) {
        List<ConversationEntry> entries = new ArrayList<>();
        chatLog.forEachActiveSince(userId, RoomType.SINGLE, 0, entries::add);
        chatLog.forEachActiveSince(userId, RoomType.GROUP, 0, entries::add);
        return new ConversationIndex(entries);
    }
}
