package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.model.CursorMove;
import io.simpleim.push.Connection;
import io.simpleim.push.Receipt;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far users have got in their rooms: what has reached them, and what they have read. Kept in memory and written in
 * batches, one write for whatever happened to a user in a room meanwhile. Thread-safe.
 *
 * <p>Users whose clients say what has reached them are believed; for all others it is what was written to their sockets
 * without an error. Readers on this node see what is not written yet. A crash loses it, and then something is pushed
 * twice.
 */
public final class Cursors implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cursors.class);
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(500);

    /** What connections have received is gathered from them so often: there may be thousands in a busy room. */
    private static final Duration GATHER_INTERVAL = Duration.ofSeconds(5);

    /** More than this is not remembered while the store is away: then it is pushed twice. */
    private static final int MOST_PENDING = 200_000;

    private static final int MOST_USERS = 100_000;

    private final ChatLogDao chatLog;
    private final UserDao users;
    private final Consumer<String> tellOthers;
    private final Queue<Connection> withReceipts = new ConcurrentLinkedQueue<>();
    private final Cache<String, Boolean> acking =
            Caffeine.newBuilder().maximumSize(MOST_USERS).build();

    // Both guarded by this; by user, then by room. What is being written stays visible until the store has it.
    private Map<String, Map<String, CursorMove>> pending = new HashMap<>();
    private Map<String, Map<String, CursorMove>> writing = Map.of();
    private int pendingMoves;

    /** @param tellOthers tells other nodes that a user's clients speak for themselves */
    public Cursors(ChatLogDao chatLog, UserDao users, Consumer<String> tellOthers) {
        this.chatLog = chatLog;
        this.users = users;
        this.tellOthers = tellOthers;
    }

    /** Has receipts collected and pending cursors written periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing cursors", this::flush);
        runner.every(GATHER_INTERVAL, "collecting receipts", this::gather);
    }

    /** A connection has received messages, and nothing of it was known to be gathered. */
    public void received(Connection connection) {
        withReceipts.add(connection);
    }

    /** A connection is closed: what it has received is to be found wherever its user connects next. */
    public void closed(Connection connection) {
        boolean unused = gather(connection);
    }

    /**
     * Learns whether a user's clients say what has reached them; to be done when one connects.
     *
     * @throws io.simpleim.model.StoreUnavailableException if that cannot be known now
     */
    public void learn(String userId) {
        acking.put(userId, users.acks(userId));
    }

    /** A client of a user that is connected here too has spoken for itself, on another node. */
    public void acknowledges(String userId) {
        acking.asMap().computeIfPresent(userId, (id, isAcking) -> true);
    }

    /** All up to a number has reached a user, as its client says; and is read, if {@code readSeq} is not 0. */
    public void said(String userId, String roomId, long ackSeq, long readSeq) {
        if (!Boolean.TRUE.equals(acking.getIfPresent(userId))) {
            users.noteAcks(userId);
            acking.put(userId, true);
            tellOthers.accept(userId);
        }
        add(CursorMove.said(userId, roomId, ackSeq, readSeq));
    }

    /** What the store may not have yet, of one user, by room. To be asked before the store. */
    public Map<String, CursorMove> pendingOf(String userId) {
        gather();
        return saidBy(userId);
    }

    /** As {@link #pendingOf}, but what connections have received may be missing: that is not read. */
    synchronized Map<String, CursorMove> saidBy(String userId) {
        Map<String, CursorMove> found = new HashMap<>(writing.getOrDefault(userId, Map.of()));
        pending.getOrDefault(userId, Map.of()).forEach((roomId, move) -> found.merge(roomId, move, CursorMove::and));
        return found;
    }

    /** How far some users have read a room, by user: what the store may not have yet. To be asked before it. */
    synchronized Map<String, Long> readIn(String roomId, Collection<String> userIds) {
        Map<String, Long> found = new HashMap<>();
        for (Map<String, Map<String, CursorMove>> moves : List.of(writing, pending)) {
            for (String userId : userIds) {
                CursorMove move = moves.getOrDefault(userId, Map.of()).get(roomId);
                if (move != null) {
                    found.merge(userId, move.readSeq(), Math::max);
                }
            }
        }
        return found;
    }

    private void gather() {
        List<Connection> later = new ArrayList<>();
        for (Connection next = withReceipts.poll(); next != null; next = withReceipts.poll()) {
            if (!gather(next) && next.isOpen()) {
                later.add(next);
            }
        }
        withReceipts.addAll(later);
    }

    /** False while it is not known whether the user's clients speak for themselves. */
    private boolean gather(Connection connection) {
        Boolean isAcking = acking.getIfPresent(connection.userId());
        if (isAcking == null) {
            return false;
        }
        for (Receipt receipt : connection.takeReceipts()) {
            if (!isAcking) {
                add(CursorMove.received(
                        receipt.userId(), receipt.stream().roomId(), receipt.firstSeq(), receipt.lastSeq()));
            }
        }
        return true;
    }

    private synchronized void add(CursorMove move) {
        if (pendingMoves >= MOST_PENDING) {
            return;
        }
        pending.computeIfAbsent(move.userId(), userId -> new HashMap<>(2)).merge(move.roomId(), move, (known, more) -> {
            pendingMoves--;
            return known.and(more);
        });
        pendingMoves++;
    }

    private void flush() {
        Map<String, Map<String, CursorMove>> taken = takePending();
        if (taken.isEmpty()) {
            return;
        }
        List<CursorMove> moves = new ArrayList<>();
        taken.values().forEach(byRoom -> moves.addAll(byRoom.values()));
        boolean written = false;
        try {
            chatLog.moveCursors(moves);
            written = true;
        } catch (RuntimeException e) {
            log.warn("How far users have got could not be written and will be later: {}", e.getMessage());
        } finally {
            synchronized (this) {
                writing = Map.of();
                if (!written) {
                    moves.forEach(this::add);
                }
            }
        }
    }

    private synchronized Map<String, Map<String, CursorMove>> takePending() {
        writing = pending;
        pending = new HashMap<>();
        pendingMoves = 0;
        return writing;
    }

    /** Writes what is left. */
    @Override
    public void close() {
        gather();
        flush();
    }
}
