package io.simpleim.concurrent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the threads of a stopped web application have ended. Libraries only ask their threads to end, and the
 * container would report those that are still ending as leaked. Thread-safe.
 */
public final class ApplicationThreads {
    private ApplicationThreads() {}

    /** Waits until no other thread of the application runs, {@code maxWait} has passed, or the caller is interrupted. */
    public static void awaitEnd(ClassLoader application, Duration maxWait) {
        long deadline = System.nanoTime() + maxWait.toNanos();
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
