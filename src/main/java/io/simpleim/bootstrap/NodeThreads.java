package io.simpleim.bootstrap;

import io.simpleim.concurrent.BlockingThreads;
import io.simpleim.concurrent.NamedThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The executors that the modules of a node share; the cluster has its own, which must never wait for these. */
final class NodeThreads {
    private static final int TIMER_THREADS = 4;
    private static final int STOP_SECONDS = 5;

    /** Periodic and delayed work. */
    final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(TIMER_THREADS, new NamedThreads("im-timer"));

    /** Work that may block: closing connections, querying the store on behalf of a container thread. */
    final BlockingThreads blocking = new BlockingThreads();

    /** Writes pushes to connections. */
    final ExecutorService delivery = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), new NamedThreads("im-delivery"));

    /** One thread that searches the store after this node may have missed messages. */
    final ScheduledExecutorService catchUp =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("im-catch-up"));

    /** Ends an executor: lets its tasks finish for 5 seconds, then interrupts them. */
    static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
