package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.conversation.PendingActivity.Touched;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Message;
import io.simpleim.store.mongo.ChatLogDao;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the conversation lists up to date without a write for each message and member: what happens in a room is
 * gathered and written for its members once a second, and for the many of a large room the less often the more
 * they are, down to once in {@link #SLOWEST_MILLIS}: a room costs some hundred entries a second at the most. Thread-safe.
 *
 * <p>What is gathered and not yet written is seen by readers on this node ({@link #pendingOf}). A crash loses it;
 * the lists are derived, and the room's next message repairs them.
 */
public final class Activity implements AutoCloseable {
    /** Readers on other nodes count on it: {@link ConversationOrder} looks back twice as far. */
    static final int SLOWEST_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Activity.class);
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int MILLIS_PER_MEMBER = 5;

    private final ChatLogDao chatLog;
    private final Ticker ticker;

    // All guarded by this. A room is in writing from the moment it leaves pending until the store has it.
    private PendingActivity pending = new PendingActivity();
    private PendingActivity writing = new PendingActivity();
    /** When rooms that were written may be written again, by the ticker; those whose time has come are not among them. */
    private final Map<String, Long> notBefore = new HashMap<>();

    public Activity(ChatLogDao chatLog) {
        this(chatLog, Ticker.systemTicker());
    }

    /** @param ticker tells how long ago a room was written */
    Activity(ChatLogDao chatLog, Ticker ticker) {
        this.chatLog = chatLog;
        this.ticker = ticker;
    }

    /** Has what is pending written periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing conversation lists", this::flushDue);
    }

    /** Notes a message. Who sends into a room has read it up to there. */
    public synchronized void touch(Message message, int roomType, Set<String> members, long nowMillis) {
        pending.touch(message, roomType, members, nowMillis);
    }

    /**
     * What the store may not have yet of one user's list. To be asked before the store: what is written between the two
     * questions would be found by neither.
     */
    synchronized List<ConversationEntry> pendingOf(String userId) {
        List<ConversationEntry> found = new ArrayList<>();
        writing.collect(userId, found);
        pending.collect(userId, found);
        return found;
    }

    /** How far who has sent into a room has read it, by user: what the store may not have yet. To be asked before it. */
    synchronized Map<String, Long> readIn(String roomId) {
        Map<String, Long> found = new HashMap<>(writing.readIn(roomId));
        pending.readIn(roomId).forEach((userId, seq) -> found.merge(userId, seq, Math::max));
        return found;
    }

    /** Writes what it is time for. */
    void flushDue() {
        write(take(true));
    }

    private void write(List<ConversationEntry> entries) {
        boolean written = false;
        try {
            chatLog.advanceLazily(entries);
            written = true;
        } catch (RuntimeException e) {
            log.warn("Conversation lists could not be written and will be later: {}", e.getMessage());
        } finally {
            finish(written);
        }
    }

    private synchronized List<ConversationEntry> take(boolean onlyDue) {
        long now = ticker.read();
        notBefore.values().removeIf(time -> time - now <= 0);
        writing = pending;
        pending = new PendingActivity();
        if (onlyDue) {
            writing.takeLarge(touched -> notBefore.containsKey(touched.roomId()))
                    .forEach(pending::include);
        }
        for (Touched touched : writing.large()) {
            notBefore.put(touched.roomId(), now + pauseNanos(touched.members().size()));
        }
        return writing.entries();
    }

    private static long pauseNanos(int members) {
        return TimeUnit.MILLISECONDS.toNanos(Math.min(SLOWEST_MILLIS, (long) members * MILLIS_PER_MEMBER));
    }

    private synchronized void finish(boolean written) {
        if (!written) {
            pending.include(writing);
        }
        writing = new PendingActivity();
    }

    /** Writes what is left. */
    @Override
    public void close() {
        write(take(false));
    }
}
