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
import java.util.function.Consumer;

/**
 * Where messages become durable: a group commit. Thread-safe.
 *
 * <p>A few writers own the rooms that hash to them. Each takes what waits for it, stores it with a few round trips for
 * all ({@link Numbering}), answers, and takes what has come meanwhile: under load the batches grow and the cost of a
 * message falls; without load a batch is one message and nothing waits for a timer. One room has one writer, so within a
 * node its messages keep the order in which they came.
 *
 * <p>The queue is bounded. When it is full a message is refused at once, so that a slow store shows as a refusal that
 * the client can repeat, not as a server that answers nobody.
 */
public final class MessageLog implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int STOP_SECONDS = 10;

    private final List<LogWriter> writers = new ArrayList<>();

    /** Is told of the work of the writers. Called on their threads: it must not wait for anything, nor throw. */
    public interface Observer {
        /** A batch of so many messages was stored and answered, or has failed, and has taken so long. */
        void stored(int messages, long nanos);
    }

    /**
     * @param heads told of every message
     * @param order of what is written to the store of the two collections
     * @param capacity how many messages may wait, over all writers
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
            Numbering numbering = new Numbering(messages, entries, heads, order);
            LogWriter writer = new LogWriter(numbering, Math.max(1, capacity / WRITERS), observer);
            writers.add(writer);
            writer.start(threads);
        }
    }

    /**
     * Stores a message.
     *
     * @param knownLast a number up to which all numbers of the room are in use; the closer the better, 0 if none is known
     * @param beforeAnswer as {@code onNew}, but before the sender has its answer: for what the sender must find done
     * @param onNew told once if the message is new, in the order of the room's numbers, after it has become durable; on
     *     the thread that writes, so it must not wait for anything
     * @return the message with its number once it is durable. Fails with {@link RequestRejected} ({@code conflict}) or {@link
     *     io.simpleim.model.StoreUnavailableException}; then it is unknown whether the message is stored
     * @throws RequestRejected ({@code unavailable}) if too many messages wait, or the server is stopping
     */
    public CompletableFuture<Message> append(
            MessageDraft draft, long knownLast, Consumer<Message> beforeAnswer, Consumer<Message> onNew) {
        return append(draft, knownLast, beforeAnswer, onNew, message -> {});
    }

    /**
     * As above.
     *
     * @param onRepeated as {@code onNew}, if the message was there: whoever has stored it may not have come to tell of it
     */
    public CompletableFuture<Message> append(
            MessageDraft draft,
            long knownLast,
            Consumer<Message> beforeAnswer,
            Consumer<Message> onNew,
            Consumer<Message> onRepeated) {
        LogWriter writer = writers.get(Math.floorMod(draft.roomId().hashCode(), WRITERS));
        PendingSend pending = new PendingSend(draft, knownLast, beforeAnswer, onNew, onRepeated);
        if (!writer.offer(pending)) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS)
                    .by(Limit.WRITE_QUEUE);
        }
        return pending.result();
    }

    /** How many messages wait to be stored. */
    public int waiting() {
        return writers.stream().mapToInt(LogWriter::waiting).sum();
    }

    /** How many may wait; a room's own share of that may be full before. */
    public int capacity() {
        return writers.stream().mapToInt(LogWriter::capacity).sum();
    }

    /** Refuses new messages, stores those that wait, and returns when that is done or has taken too long. */
    @Override
    public void close() {
        writers.forEach(LogWriter::stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        writers.forEach(writer -> writer.join(deadline));
    }
}
