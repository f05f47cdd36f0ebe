package io.simpleim.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads named after their purpose. Thread-safe. */
public final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger created = new AtomicInteger();

    /** @param name prefix of the thread names, followed by a hyphen and a number from 1 */
    public NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name + "-" + created.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
