package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.concurrent.WriteBehind;
import io.simpleim.conversation.PendingActivity.RoomActivity;
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

/**
 * Keeps conversation lists up to date by write-behind, without one write per message and member. Thread-safe.
 *
 * <p>Activity is written once a second. A large room is written less often the more members it has, but at least every
 * {@value #MAX_PAUSE_MILLIS} ms, so that large rooms do not flood the store. Readers on this node also see pending activity.
 * A crash loses it; the room's next message repairs the lists.
 */
public final class Activity implements AutoCloseable {
    /** Maximum time between two writes of one active room. {@link ConversationOrder} on other nodes relies on it. */
    static final int MAX_PAUSE_MILLIS = 5_000;

    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final int PAUSE_MILLIS_PER_MEMBER = 5;

    private final ChatLogDao chatLog;
    private final Ticker ticker;
    private final WriteBehind<PendingActivity> buffer;

    /** Earliest next write of large rooms, by room id, in ticker nanoseconds. Only used in flushes, which never overlap. */
    private final Map<String, Long> notBefore = new HashMap<>();

    public Activity(ChatLogDao chatLog) {
        this(chatLog, Ticker.systemTicker());
    }

    /** @param ticker measures the time since a room was written */
    Activity(ChatLogDao chatLog, Ticker ticker) {
        this.chatLog = chatLog;
        this.ticker = ticker;
        this.buffer =
                new WriteBehind<>("conversation lists", PendingActivity::new, PendingActivity::merge, this::write);
    }

    /** Writes pending activity periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing conversation lists", this::flushDue);
    }

    /**
     * Notes a message. Its sender counts as having read the room up to it.
     *
     * @param members the members of the room, unmodifiable
     * @param nowMillis Unix milliseconds
     */
    public void touch(Message message, int roomType, Set<String> members, long nowMillis) {
        buffer.update(pending -> pending.add(message, roomType, members, nowMillis));
    }

    /** Entries of one user's list that the store may not have yet; see {@link ConversationState}. */
    List<ConversationEntry> pendingEntries(String userId) {
        return buffer.read((writing, pending) -> {
            List<ConversationEntry> entries = new ArrayList<>();
            writing.addEntriesOf(userId, entries);
            pending.addEntriesOf(userId, entries);
            return entries;
        });
    }

    /** Read positions of a room's senders that the store may not have yet, by user; see {@link ConversationState}. */
    Map<String, Long> pendingReadSeqs(String roomId) {
        return buffer.read((writing, pending) -> {
            Map<String, Long> readSeqs = new HashMap<>(writing.readSeqs(roomId));
            pending.readSeqs(roomId).forEach((userId, seq) -> readSeqs.merge(userId, seq, Math::max));
            return readSeqs;
        });
    }

    /** Writes pending activity, except of large rooms that were written recently. */
    void flushDue() {
        buffer.flush(this::keepBackRecentlyWritten);
    }

    private void keepBackRecentlyWritten(PendingActivity taken, PendingActivity kept) {
        long now = ticker.read();
        notBefore.values().removeIf(time -> time - now <= 0);
        taken.removeLargeRooms(room -> notBefore.containsKey(room.roomId())).forEach(kept::merge);
    }

    private void write(PendingActivity taken) {
        long now = ticker.read();
        for (RoomActivity room : taken.largeRooms()) {
            notBefore.put(room.roomId(), now + pauseNanos(room.members().size()));
        }
        chatLog.advanceLazily(taken.entries());
    }

    private static long pauseNanos(int members) {
        return TimeUnit.MILLISECONDS.toNanos(Math.min(MAX_PAUSE_MILLIS, (long) members * PAUSE_MILLIS_PER_MEMBER));
    }

    /** Writes all pending activity. */
    @Override
    public void close() {
        buffer.flush();
    }
}
