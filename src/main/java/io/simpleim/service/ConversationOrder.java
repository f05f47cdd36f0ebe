package io.simpleim.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.model.ConversationEntry;
import io.simpleim.store.mongo.ChatLogDao;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The order of the users' conversation lists. Thread-safe; a user's list is locked while it is read.
 *
 * <p>The store cannot give the thousandth page of a list without walking to it, so a list that is read is kept in memory
 * for a while. It is brought up to date at every reading with what has changed in the store since, whoever changed it: a
 * range at the end of an index, usually empty. So nodes need not tell each other, and memory is only a cache.
 */
final class ConversationOrder {
    private static final long MAX_ENTRIES = 2_000_000;
    private static final Duration KEEP = Duration.ofMinutes(10);

    /** Nodes write some time after the activity, by clocks that differ: so far back changes are looked at again. */
    private static final long OVERLAP_MILLIS = 10_000;

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

    /** Reads the user's list as it is now. */
    <T> T read(String userId, Function<ConversationIndex, T> reader) {
        ConversationIndex index = indexes.get(userId, this::load);
        synchronized (index) {
            // In this order: what is not pending any more is in the store by then.
            List<ConversationEntry> pending = activity.pendingOf(userId);
            chatLog.forEachActiveSince(userId, index.newestMillis() - OVERLAP_MILLIS, index::apply);
            pending.forEach(index::apply);
            return reader.apply(index);
        }
    }

    private ConversationIndex load(String userId) {
        List<ConversationEntry> entries = new ArrayList<>();
        chatLog.forEachActiveSince(userId, 0, entries::add);
        return new ConversationIndex(entries);
    }
}
