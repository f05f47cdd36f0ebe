package io.simpleim.concurrent;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The executor for tasks that may block, such as closing connections and reading missed messages. Thread-safe. */
public final class BlockingThreads extends ThreadPoolExecutor {
    private static final int THREADS = 8;
    private static final int QUEUE_CAPACITY = 100_000;

    private final LongAdder rejected;

    public BlockingThreads() {
        this(new LongAdder());
    }

    private BlockingThreads(LongAdder rejected) {
        super(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(QUEUE_CAPACITY),
                new NamedThreads("im-blocking"),
                (task, executor) -> {
                    rejected.increment();
                    new AbortPolicy().rejectedExecution(task, executor);
                });
        this.rejected = rejected;
    }

    /** Number of tasks rejected so far, because the queue was full or the server was stopping. */
    public long rejected() {
        return rejected.sum();
    }
}
