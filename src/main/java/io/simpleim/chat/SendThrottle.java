package io.simpleim.chat;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.feed.RoomFeeds;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Keeps those who write to a large room from being faster than it can be pushed to: who has written has its answer when
 * the message is with the members' networks, and who comes while very much waits, waits too; see {@link
 * RoomFeeds#awaitTurn}. Only so many wait at a time: their threads are those that everybody's requests need. Thread-safe.
 */
final class SendThrottle {
    private static final int MOST_WAITING = 100;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final RoomFeeds feeds;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    SendThrottle(RoomFeeds feeds) {
        this.feeds = feeds;
    }

    /**
     * Before a message is stored.
     *
     * @throws RequestRejected ({@code unavailable}) if it takes too long, or too many wait
     */
    void await(String roomId, String senderId) {
        if (!comes(roomId, senderId)) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
    }

    /** After a message is stored; then it is answered, however long its pushing takes. */
    void awaitPushed(String roomId, String senderId) {
        boolean unused = comes(roomId, senderId);
    }

    private boolean comes(String roomId, String senderId) {
        if (!feeds.mustWait(roomId, senderId)) {
            return true;
        }
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            return feeds.awaitTurn(roomId, senderId, LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.release();
        }
    }
}
