package io.simpleim.service;

import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Message;
import io.simpleim.store.mongo.ChatLogDao;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the conversation lists up to date without a write for each message and member: what happens in a room is
 * gathered and written for its members a few times a second. Thread-safe.
 *
 * <p>What is gathered and not yet written is seen by readers on this node ({@link #pendingOf}). A crash loses it;
 * the lists are derived, and the room's next message repairs them.
 */
public final class Activity implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Activity.class);
    private static final int FLUSH_MILLIS = 200;

    private final ChatLogDao chatLog;

    // Guarded by this. A room is in writing from the moment it leaves pending until the store has it.
    private Map<String, Touched> pending = new HashMap<>();
    private Map<String, Touched> writing = Map.of();

    public Activity(ChatLogDao chatLog) {
        this.chatLog = chatLog;
    }

    /** Writes what has been gathered, again and again, on an executor that whoever gives it closes. */
    public void start(ScheduledExecutorService executor) {
        Future<?> unused =
                executor.scheduleWithFixedDelay(this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What has happened in a room since it was last written. */
    private record Touched(int roomType, Set<String> members, long atMillis, Map<String, Long> read) {
        ConversationEntry entryOf(String roomId, String userId) {
            return new ConversationEntry(userId, roomId, roomType, atMillis, read.getOrDefault(userId, 0L));
        }
    }

    /** Notes a message. Who sends into a room has read it up to there. */
    synchronized void touch(Message message, int roomType, Set<String> members, long nowMillis) {
        Touched earlier = pending.get(message.roomId());
        Map<String, Long> read = earlier == null ? new HashMap<>() : earlier.read();
        read.merge(message.senderId(), message.seq(), Math::max);
        pending.put(message.roomId(), new Touched(roomType, members, nowMillis, read));
    }

    /**
     * What the store may not have yet of one user's list. To be asked before the store: what is written between the two
     * questions would be found by neither.
     */
    synchronized List<ConversationEntry> pendingOf(String userId) {
        List<ConversationEntry> found = new ArrayList<>();
        collect(writing, userId, found);
        collect(pending, userId, found);
        return found;
    }

    private static void collect(Map<String, Touched> touched, String userId, List<ConversationEntry> found) {
        touched.forEach((roomId, change) -> {
            if (change.members().contains(userId)) {
                found.add(change.entryOf(roomId, userId));
            }
        });
    }

    private void flush() {
        Map<String, Touched> taken = takePending();
        try {
            chatLog.advanceLazily(entriesOf(taken));
        } catch (RuntimeException e) {
            log.warn("Conversation lists could not be written and will be later: {}", e.getMessage());
            putBack(taken);
        } finally {
            synchronized (this) {
                writing = Map.of();
            }
        }
    }

    private synchronized Map<String, Touched> takePending() {
        writing = pending;
        pending = new HashMap<>();
        return writing;
    }

    private synchronized void putBack(Map<String, Touched> taken) {
        taken.forEach((roomId, earlier) -> pending.merge(roomId, earlier, (later, same) -> {
            same.read().forEach((userId, seq) -> later.read().merge(userId, seq, Math::max));
            return later;
        }));
    }

    private static List<ConversationEntry> entriesOf(Map<String, Touched> taken) {
        List<ConversationEntry> entries = new ArrayList<>();
        taken.forEach(
                (roomId, change) -> change.members().forEach(userId -> entries.add(change.entryOf(roomId, userId))));
        return entries;
    }

    /** Writes what is left. */
    @Override
    public void close() {
        flush();
    }
}
