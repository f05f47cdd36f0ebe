package io.simpleim.service;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserMessageDao;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger log = LoggerFactory.getLogger(MessageLog.class);
    private static final int WRITERS = 4;
    private static final int MAX_BATCH = 256;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int STOP_SECONDS = 10;

    private final List<Writer> writers = new ArrayList<>();

    /** @param capacity how many messages may wait, over all writers */
    public MessageLog(MessageDao messages, UserMessageDao entries, RoomDao rooms, int capacity) {
        NamedThreads threads = new NamedThreads("im-writer");
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(new Numbering(messages, entries, rooms), Math.max(1, capacity / WRITERS));
            writers.add(writer);
            writer.start(threads);
        }
    }

    /** As {@link #append(MessageDraft, long, Consumer, Consumer)}, with nothing to do before the answer. */
    public CompletableFuture<Message> append(MessageDraft draft, long knownLast, Consumer<Message> onNew) {
        return append(draft, knownLast, message -> {}, onNew);
    }

    /**
     * Stores a message.
     *
     * @param knownLast a number up to which all numbers of the room are in use; the closer the better
     * @param beforeAnswer as {@code onNew}, but before the sender has its answer: for what the sender must find done
     * @param onNew told once if the message is new, in the order of the room's numbers, after it has become durable; on
     *     the writer's thread, so it must not block
     * @return the message with its number once it is durable. Fails with {@link Refused} ({@code conflict}) or {@link
     *     io.simpleim.model.StoreUnavailableException}; then it is unknown whether the message is stored
     * @throws Refused ({@code unavailable}) if too many messages wait, or the server is stopping
     */
    public CompletableFuture<Message> append(
            MessageDraft draft, long knownLast, Consumer<Message> beforeAnswer, Consumer<Message> onNew) {
        Pending pending = new Pending(draft, knownLast, beforeAnswer, onNew);
        Writer writer = writers.get(Math.floorMod(draft.roomId().hashCode(), WRITERS));
        if (!writer.offer(pending)) {
            throw Refused.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
        return pending.result();
    }

    /** Refuses new messages, stores those that wait, and returns when that is done or has taken too long. */
    @Override
    public void close() {
        writers.forEach(Writer::stop);
        writers.forEach(Writer::join);
    }

    /** A message that waits to be stored. Identity matters, not content: two sends may well be equal. */
    static final class Pending {
        private final MessageDraft draft;
        private final long knownLast;
        private final Consumer<Message> beforeAnswer;
        private final Consumer<Message> onNew;
        private final CompletableFuture<Message> result = new CompletableFuture<>();

        Pending(MessageDraft draft, long knownLast, Consumer<Message> beforeAnswer, Consumer<Message> onNew) {
            this.draft = draft;
            this.knownLast = knownLast;
            this.beforeAnswer = beforeAnswer;
            this.onNew = onNew;
        }

        MessageDraft draft() {
            return draft;
        }

        long knownLast() {
            return knownLast;
        }

        CompletableFuture<Message> result() {
            return result;
        }

        /** The message is new: the sender has its answer, then everybody else hears of it. */
        void succeed(Message message) {
            tell(beforeAnswer, message);
            result.complete(message);
            tell(onNew, message);
        }

        private static void tell(Consumer<Message> whom, Message message) {
            try {
                whom.accept(message);
            } catch (RuntimeException e) {
                log.error("Pushing message {} failed; its receivers find it in the history", message.messageId(), e);
            }
        }

        /** The message had been sent before. */
        void repeat(Message message) {
            result.complete(message);
        }

        void fail(Throwable reason) {
            result.completeExceptionally(reason);
        }
    }

    /** One writer: a queue and the thread that empties it. */
    private static final class Writer {
        private final Numbering numbering;
        private final BlockingQueue<Pending> queue;
        private volatile boolean stopping;
        private Thread thread = Thread.currentThread();

        Writer(Numbering numbering, int capacity) {
            this.numbering = numbering;
            this.queue = new ArrayBlockingQueue<>(capacity);
        }

        void start(NamedThreads threads) {
            thread = threads.newThread(this::writeAll);
            thread.start();
        }

        /** A message that is taken is stored or failed: the writer stops only when it sees an empty queue. */
        synchronized boolean offer(Pending pending) {
            return !stopping && queue.offer(pending);
        }

        synchronized void stop() {
            stopping = true;
        }

        void join() {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void writeAll() {
            List<Pending> batch = new ArrayList<>(MAX_BATCH);
            while (true) {
                Pending first = await();
                if (first == null) {
                    return;
                }
                batch.add(first);
                queue.drainTo(batch, MAX_BATCH - 1);
                numbering.store(batch);
                batch.clear();
            }
        }

        /** The next message; null if there will be none. */
        private @Nullable Pending await() {
            while (true) {
                try {
                    Pending next = queue.poll(100, TimeUnit.MILLISECONDS);
                    if (next != null || (stopping && queue.isEmpty())) {
                        return next;
                    }
                } catch (InterruptedException e) {
                    log.debug("A writer is not stopped by interrupting it");
                }
            }
        }
    }
}
