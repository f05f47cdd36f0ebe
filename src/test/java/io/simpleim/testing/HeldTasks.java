package io.simpleim.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** An executor whose tasks wait until a test runs them, on the test's own thread. Not thread-safe. */
public final class HeldTasks implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs the task that has waited longest. */
    public void runNext() {
        tasks.remove().run();
    }

    /** Runs them all, and what they bring about. */
    public void runAll() {
        while (!tasks.isEmpty()) {
            runNext();
        }
    }

    public int waiting() {
        return tasks.size();
    }
}
