package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.EndedSessions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of sessions that other nodes have ended, on a thread of its own, for as long as it is open. Whatever interrupts
 * it, it listens again, and then has everything looked up that it may have missed.
 */
public final class SessionEndListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionEndListener.class);
    private static final long MIN_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final EndedSessions channel;
    private final EndedSessions.Listening listening;
    private final Runnable notHearing;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Belongs to the thread that listens, which is also told of a subscription. */
    private long pauseMillis = MIN_PAUSE_MILLIS;

    /**
     * @param hearing called whenever listening begins, and may ask the store
     * @param notHearing called whenever listening has ended, before it begins again
     * @param onEnded called with the id of each session that was ended from the beginning to the end of a listening
     */
    public SessionEndListener(EndedSessions channel, Runnable hearing, Runnable notHearing, Consumer<String> onEnded) {
        this.channel = channel;
        this.notHearing = notHearing;
        this.listening = new EndedSessions.Listening(() -> subscribed(hearing), onEnded);
    }

    /** Starts to listen on a thread of the executor, which it keeps until it is closed. */
    public void start(Executor executor) {
        executor.execute(this::listen);
    }

    private void listen() {
        boolean stop = isClosed();
        while (!stop) {
            try {
                channel.listen(listening);
            } catch (StoreUnavailableException e) {
                // Whoever closes this may close Redis before it is unsubscribed.
                if (!isClosed()) {
                    log.warn("Not hearing of sessions that other nodes end: {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                log.error("Listening failed and is taken up again", e);
            } finally {
                notHearing.run();
            }
            stop = pause();
        }
    }

    private void subscribed(Runnable hearing) {
        pauseMillis = MIN_PAUSE_MILLIS;
        hearing.run();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Longer after each failure, and never the same for all nodes: they lost Redis at the same moment. */
    private boolean pause() {
        long millis = pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis);
        pauseMillis = Math.min(pauseMillis * 2, MAX_PAUSE_MILLIS);
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        listening.end();
    }
}
