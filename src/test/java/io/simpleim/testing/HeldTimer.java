package io.simpleim.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer without a thread: scheduled tasks wait until a test runs them on its own thread. Not thread-safe. */
public final class HeldTimer extends ScheduledThreadPoolExecutor {
    private final Queue<Held> tasks = new ArrayDeque<>();

    public HeldTimer() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Held held = new Held(task, unit.toMillis(delay));
        tasks.add(held);
        return held;
    }

    /** Runs the oldest task and returns its delay in milliseconds. */
    public long runNext() {
        Held next = tasks.remove();
        next.run();
        return next.millis;
    }

    public int waiting() {
        return tasks.size();
    }

    private static final class Held extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long millis;

        Held(Runnable task, long millis) {
            super(task, null);
            this.millis = millis;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(millis, other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
