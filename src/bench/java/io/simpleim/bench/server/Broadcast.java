package io.simpleim.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Broadcasts to all listeners from several threads. Each thread waits until its message has been sent to all before it
 * sends the next one; with many threads the queues never run empty. Thread-safe.
 */
final class Broadcast {
    /** The minimum that the measured server uses. */
    private static final int SENDING_THREADS = 2;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong seq = new AtomicLong();
    private final List<Thread> broadcasters = new ArrayList<>();
    private final ExecutorService senders =
            Executors.newFixedThreadPool(SENDING_THREADS, task -> daemon(task, "bench-sender"));

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * @param arguments {@code batched} or {@code single}, the number of broadcasting threads, and the length of a text
     */
    synchronized String start(String arguments) {
        String[] words = arguments.split(" ", -1);
        boolean isBatched = words[0].equals("batched");
        String padding = "x".repeat(Integer.parseInt(words[2]));
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            Thread broadcaster = daemon(() -> broadcastRepeatedly(isBatched, padding), "bench-broadcaster-" + i);
            broadcasters.add(broadcaster);
            broadcaster.start();
        }
        return "started";
    }

    /** Stops all broadcasting threads and waits for their end. */
    synchronized String stop() {
        broadcasters.forEach(Thread::interrupt);
        try {
            for (Thread broadcaster : broadcasters) {
                broadcaster.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broadcasters.clear();
        return "stopped";
    }

    private void broadcastRepeatedly(boolean isBatched, String padding) {
        Semaphore isOut = new Semaphore(0);
        try {
            while (!Thread.interrupted()) {
                List<Listener> all = List.copyOf(listeners);
                BroadcastMessage message = new BroadcastMessage(push(padding), all.size(), isOut::release);
                all.forEach(listener -> listener.offer(message, isBatched, senders));
                isOut.acquire();
            }
        } catch (InterruptedException e) {
            // stop() was called.
        }
    }

    /** Has the shape of the measured server's pushes. */
    private String push(String padding) {
        return "{\"message_id\":\"" + "0".repeat(72) + "\",\"message_type\":1,\"message_data\":\"" + padding
                + "\",\"room_id\":\"" + "0".repeat(72) + "\",\"room_type\":2,\"send_user_id\":\"s0001\",\"seq\":"
                + seq.incrementAndGet() + ",\"created_at\":1790000000}";
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
