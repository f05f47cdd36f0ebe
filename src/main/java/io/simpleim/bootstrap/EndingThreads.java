package io.simpleim.bootstrap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for threads that have been told to end. Libraries tell theirs and return; the container looks right afterwards,
 * and takes one that is still on its way for one that was forgotten.
 */
final class EndingThreads {
    private EndingThreads() {}

    /** Returns when no other thread of a web application runs, or after some time. */
    static void join(ClassLoader application, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread != Thread.currentThread() && application.equals(thread.getContextClassLoader())) {
                    TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
