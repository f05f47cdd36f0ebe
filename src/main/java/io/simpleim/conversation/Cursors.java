package io.simpleim.conversation;

import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.concurrent.WriteBehind;
import io.simpleim.model.CursorMove;
import io.simpleim.push.Connection;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.UserDao;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Moves users' cursors: the numbers up to which messages of a room have reached a user and are read. Thread-safe.
 *
 * <p>For users whose clients acknowledge messages, only acknowledgements count ({@link AckingUsers}). For all others, the
 * messages count that were written to their sockets without an error ({@link ReceiptCollector}). Cursors are written behind,
 * once for all moves of a user in a room. A crash loses pending moves, and their messages are pushed again.
 */
public final class Cursors implements AutoCloseable {
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(500);

    /** Longer than the flush interval, since a busy room may have thousands of connections with receipts. */
    private static final Duration COLLECT_INTERVAL = Duration.ofSeconds(5);

    private final AckingUsers ackingUsers;
    private final ReceiptCollector receipts;
    private final WriteBehind<PendingCursors> buffer;

    /** @param announcer announces to other nodes that the user with an id acknowledges messages */
    public Cursors(ChatLogDao chatLog, UserDao users, Consumer<String> announcer) {
        this.ackingUsers = new AckingUsers(users, announcer);
        this.receipts = new ReceiptCollector(ackingUsers, this::add);
        this.buffer = new WriteBehind<>(
                "cursors", PendingCursors::new, PendingCursors::merge, taken -> chatLog.moveCursors(taken.moves()));
    }

    /** Collects receipts and writes pending cursors periodically. */
    public void schedule(PeriodicRunner runner) {
        runner.every(FLUSH_INTERVAL, "writing cursors", buffer::flush);
        runner.every(COLLECT_INTERVAL, "collecting receipts", receipts::collect);
    }

    /** Queues a connection that has its first uncollected receipts; see {@link Connection#takeReceipts}. */
    public void receiptsAvailable(Connection connection) {
        receipts.add(connection);
    }

    /** Collects the last receipts of a closed connection, so that they move the user's cursors. */
    public void connectionClosed(Connection connection) {
        boolean unused = receipts.collectFrom(connection);
    }

    /**
     * Loads whether a user's clients acknowledge messages. Call it when the user connects; receipts do not count until it
     * has succeeded.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    public void loadAcknowledging(String userId) {
        ackingUsers.load(userId);
    }

    /** Notes that a client of a user has acknowledged its first message on another node. */
    public void acknowledgesElsewhere(String userId) {
        ackingUsers.addAnnounced(userId);
    }

    /**
     * Records a client's report that all messages up to a number have reached the user.
     *
     * @param readSeq the user has read all messages up to this number; 0 if that is not reported
     * @throws io.simpleim.model.StoreUnavailableException if this is the user's first acknowledgement, and the store is out
     *     of reach
     */
    public void acknowledge(String userId, String roomId, long ackSeq, long readSeq) {
        ackingUsers.add(userId);
        add(CursorMove.said(userId, roomId, ackSeq, readSeq));
    }

    private void add(CursorMove move) {
        buffer.update(pending -> pending.add(move));
    }

    /**
     * One user's moves that the store may not have yet, with the receipts so far, by room; see {@link ConversationState}.
     */
    Map<String, CursorMove> pendingMoves(String userId) {
        receipts.collect();
        return buffer.read((writing, pending) -> {
            Map<String, CursorMove> moves = new HashMap<>(writing.movesOf(userId));
            pending.movesOf(userId).forEach((roomId, move) -> moves.merge(roomId, move, CursorMove::and));
            return moves;
        });
    }

    /** One user's read positions that the store may not have yet, by room; see {@link ConversationState}. */
    Map<String, Long> pendingReadSeqs(String userId) {
        return buffer.read((writing, pending) -> {
            Map<String, Long> readSeqs = new HashMap<>();
            writing.movesOf(userId).forEach((roomId, move) -> readSeqs.put(roomId, move.readSeq()));
            pending.movesOf(userId).forEach((roomId, move) -> readSeqs.merge(roomId, move.readSeq(), Math::max));
            return readSeqs;
        });
    }

    /** Some users' read positions in one room that the store may not have yet, by user; see {@link ConversationState}. */
    Map<String, Long> pendingReadSeqs(String roomId, Collection<String> userIds) {
        return buffer.read((writing, pending) -> {
            Map<String, Long> readSeqs = new HashMap<>();
            for (PendingCursors cursors : List.of(writing, pending)) {
                for (String userId : userIds) {
                    CursorMove move = cursors.movesOf(userId).get(roomId);
                    if (move != null) {
                        readSeqs.merge(userId, move.readSeq(), Math::max);
                    }
                }
            }
            return readSeqs;
        });
    }

    /** Collects the last receipts and writes all pending cursors. */
    @Override
    public void close() {
        receipts.collect();
        buffer.flush();
    }
}
