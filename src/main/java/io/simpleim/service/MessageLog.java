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
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
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
    private static final int MAX_DELIVERIES = 10_000;
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
     *     a thread of its own
     * @return the message with its number once it is durable. Fails with {@link Refused} ({@code conflict}) or {@link
     *     io.simpleim.model.StoreUnavailableException}; then it is unknown whether the message is stored
     * @throws Refused ({@code unavailable}) if too many messages wait, or the server is stopping
     */
    public CompletableFuture<Message> append(
            MessageDraft draft, long knownLast, Consumer<Message> beforeAnswer, Consumer<Message> onNew) {
        Writer writer = writers.get(Math.floorMod(draft.roomId().hashCode(), WRITERS));
        Pending pending = new Pending(draft, knownLast, beforeAnswer, onNew, writer.delivery);
        if (!writer.offer(pending)) {
            throw Refused.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
        return pending.result();
    }

    /** Refuses new messages, stores those that wait, and returns when that is done or has taken too long. */
    @Override
    public void close() {
        writers.forEach(Writer::stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        writers.forEach(writer -> writer.join(deadline));
    }

    /** A message that waits to be stored. Identity matters, not content: two sends may well be equal. */
    static final class Pending {
        private final MessageDraft draft;
        private final long knownLast;
        private final Consumer<Message> beforeAnswer;
        private final Consumer<Message> onNew;
        private final Executor delivery;
        private final CompletableFuture<Message> result = new CompletableFuture<>();

        Pending(
                MessageDraft draft,
                long knownLast,
                Consumer<Message> beforeAnswer,
                Consumer<Message> onNew,
                Executor delivery) {
            this.draft = draft;
            this.knownLast = knownLast;
            this.beforeAnswer = beforeAnswer;
            this.onNew = onNew;
            this.delivery = delivery;
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

        /** The message is new: does what its sender must find done. */
        void note(Message message) {
            tell(beforeAnswer, message);
        }

        void answer(Message message) {
            result.complete(message);
        }

        /** The message is new: has everybody else hear of it, after all that this writer has pushed before. */
        void push(Message message) {
            delivery.execute(() -> tell(onNew, message));
        }

        private static void tell(Consumer<Message> whom, Message message) {
            try {
                whom.accept(message);
            } catch (RuntimeException | Error e) {
                log.error("Telling of message {} failed; it is in the history", message.messageId(), e);
            }
        }

        void fail(Throwable reason) {
            result.completeExceptionally(reason);
        }
    }

    /** One writer: a queue and the thread that empties it. */
    private static final class Writer {
        private final Numbering numbering;
        private final BlockingQueue<Pending> queue;
        // A thread of its own, so that a room with many connections does not keep the writer from storing.
        private final ThreadPoolExecutor delivery = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_DELIVERIES),
                new NamedThreads("im-delivery"),
                Writer::waitForPlace);
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

        void join(long deadlineNanos) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNanos - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            delivery.shutdown();
            awaitDelivery(deadlineNanos);
        }

        private void awaitDelivery(long deadlineNanos) {
            try {
                if (!delivery.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    log.warn("Some messages were not pushed; their receivers find them in the history");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Who writes faster than can be pushed waits: the order of a room's pushes is that of its numbers. */
        private static void waitForPlace(Runnable push, ThreadPoolExecutor delivery) {
            try {
                if (!delivery.isShutdown()) {
                    delivery.getQueue().put(push);
                }
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
