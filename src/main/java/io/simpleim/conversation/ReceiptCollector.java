package io.simpleim.conversation;

import io.simpleim.model.CursorMove;
import io.simpleim.push.Connection;
import io.simpleim.push.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Turns the receipts of connections into cursor moves. A receipt confirms that messages were written to a socket; it
 * counts only for users whose clients do not acknowledge. Thread-safe.
 */
final class ReceiptCollector {
    private final AckingUsers ackingUsers;
    private final Consumer<CursorMove> moves;
    /** Connections with uncollected receipts. */
    private final Queue<Connection> waiting = new ConcurrentLinkedQueue<>();

    /** @param moves receives the cursor moves */
    ReceiptCollector(AckingUsers ackingUsers, Consumer<CursorMove> moves) {
        this.ackingUsers = ackingUsers;
        this.moves = moves;
    }

    /** Queues a connection until its receipts are collected. */
    void add(Connection connection) {
        waiting.add(connection);
    }

    /**
     * Collects the receipts of all queued connections. A connection whose user is not loaded stays queued while it is open.
     */
    void collect() {
        List<Connection> later = new ArrayList<>();
        for (Connection next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!collectFrom(next) && next.isOpen()) {
                later.add(next);
            }
        }
        waiting.addAll(later);
    }

    /**
     * Collects the receipts of one connection; false if its user is not loaded, so that it is unknown whether they count.
     */
    boolean collectFrom(Connection connection) {
        Boolean isAcking = ackingUsers.isAcking(connection.userId());
        if (isAcking == null) {
            return false;
        }
        for (Receipt receipt : connection.takeReceipts()) {
            if (!isAcking) {
                moves.accept(CursorMove.received(
                        receipt.userId(), receipt.stream().roomId(), receipt.firstSeq(), receipt.lastSeq()));
            }
        }
        return true;
    }
}
