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
 * Sends to all listeners, from some threads, each of which waits until its message is out before it sends the next one.
 * With many of them there is always something queued. Thread-safe.
 */
final class Broadcast {
    /** As many as the measured server has at least one for. */
    private static final int SENDING_THREADS = 2;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong seq = new AtomicLong();
    private final List<Thread> shouters = new ArrayList<>();
    private final ExecutorService senders =
            Executors.newFixedThreadPool(SENDING_THREADS, task -> daemon(task, "bench-sender"));

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** @param arguments {@code batched} or {@code single}, the number of those who send, and how long their texts are */
    synchronized String start(String arguments) {
        String[] words = arguments.split(" ", -1);
        boolean isBatched = words[0].equals("batched");
        String padding = "x".repeat(Integer.parseInt(words[2]));
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            Thread shouter = daemon(() -> shoutOnAndOn(isBatched, padding), "bench-shouter-" + i);
            shouters.add(shouter);
            shouter.start();
        }
        return "started";
    }

    /** Returns when nobody sends any more. */
    synchronized String stop() {
        shouters.forEach(Thread::interrupt);
        try {
            for (Thread shouter : shouters) {
                shouter.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shouters.clear();
        return "stopped";
    }

    private void shoutOnAndOn(boolean isBatched, String padding) {
        Semaphore isOut = new Semaphore(0);
        try {
            while (!Thread.interrupted()) {
                List<Listener> all = List.copyOf(listeners);
                Shout shout = new Shout(push(padding), all.size(), isOut::release);
                all.forEach(listener -> listener.offer(shout, isBatched, senders));
                isOut.acquire();
            }
        } catch (InterruptedException e) {
            // Told to stop.
        }
    }

    /** What a push of the measured server looks like. */
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
