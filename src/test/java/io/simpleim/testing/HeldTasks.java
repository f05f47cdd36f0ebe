package io.simpleim.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** An executor that queues tasks until a test runs them on its own thread. Not thread-safe. */
public final class HeldTasks implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs the oldest task. */
    public void runNext() {
        tasks.remove().run();
    }

    /** Runs all tasks, including those that they add. */
    public void runAll() {
        while (!tasks.isEmpty()) {
            runNext();
        }
    }

    public int waiting() {
        return tasks.size();
    }
}
