package io.simpleim.message;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao;
import io.simpleim.store.mongo.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes messages durable by group commit. Thread-safe.
 *
 * <p>Each room belongs to one of a few writers, so its messages keep their order within a node. A writer stores all
 * waiting messages as one batch with a few round trips ({@link BatchStore}), answers the senders, and takes the next
 * batch. Under load the batches grow, which lowers the cost per message; without load a batch is one message, and no
 * timer delays it.
 *
 * <p>The queue is bounded. A full queue refuses messages at once, so clients of a slow store see refusals that they
 * can retry instead of requests without an answer.
 */
public final class MessageLog implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int STOP_SECONDS = 10;

    private final List<LogWriter> writers = new ArrayList<>();

    /** Observes the writers. Called on their threads: must neither block nor throw. */
    public interface Observer {
        /**
         * A batch was stored and answered, or has failed.
         *
         * @param messages size of the batch
         * @param nanos duration in nanoseconds
         */
        void stored(int messages, long nanos);
    }

    /**
     * @param heads advanced by each stored message
     * @param order the order of writes to the store of both collections
     * @param capacity maximum number of waiting messages, over all writers
     */
    public MessageLog(
            MessageDao messages,
            UserMessageDao entries,
            RoomHeads heads,
            WriteOrder order,
            int capacity,
            Observer observer) {
        NamedThreads threads = new NamedThreads("im-writer");
        for (int i = 0; i < WRITERS; i++) {
            BatchStore store = new BatchStore(messages, entries, heads, order);
            LogWriter writer = new LogWriter(store, Math.max(1, capacity / WRITERS), observer);
            writers.add(writer);
            writer.start(threads);
        }
    }

    /**
     * Stores a message.
     *
     * @param knownLast a number up to which all numbers of the room are in use, 0 if none is known; a value close to the
     *     last number saves queries
     * @param listener called on the thread that stores the message
     * @return completes with the numbered message once it is durable. Fails with {@link RequestRejected} ({@code conflict})
     *     or {@link io.simpleim.model.StoreUnavailableException}; after the latter it is unknown whether the message is
     *     stored
     * @throws RequestRejected ({@code unavailable}) if the queue is full or the server is stopping
     */
    public CompletableFuture<Message> append(MessageDraft draft, long knownLast, SendListener listener) {
        LogWriter writer = writers.get(Math.floorMod(draft.roomId().hashCode(), WRITERS));
        PendingSend send = new PendingSend(draft, knownLast, listener);
        if (!writer.offer(send)) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS)
                    .by(Limit.WRITE_QUEUE);
        }
        return send.result();
    }

    /** Number of messages that wait to be stored. */
    public int waiting() {
        return writers.stream().mapToInt(LogWriter::waiting).sum();
    }

    /** Maximum number of waiting messages. It is shared out among the writers, and the share of one may be full earlier. */
    public int capacity() {
        return writers.stream().mapToInt(LogWriter::capacity).sum();
    }

    /** Refuses new messages and stores the waiting ones. Blocks until that is done, 10 seconds at most. */
    @Override
    public void close() {
        writers.forEach(LogWriter::stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        writers.forEach(writer -> writer.join(deadline));
    }
}
