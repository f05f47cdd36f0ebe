package io.simpleim.chat;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.feed.RoomFeeds;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Back pressure for senders to large rooms: no sender can write to a room faster than its messages can be pushed. A sender
 * waits before its message is stored while too much is queued, and afterwards until the message is pushed. Thread-safe.
 *
 * <p>The number of waiting senders is bounded, since each holds a container thread that other requests need.
 */
final class SendThrottle {
    private static final int MAX_WAITING = 100;
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final RoomFeeds feeds;
    private final Semaphore waitingPlaces = new Semaphore(MAX_WAITING);

    SendThrottle(RoomFeeds feeds) {
        this.feeds = feeds;
    }

    /**
     * Waits, before a message is stored, until the sender may write to the room.
     *
     * @throws RequestRejected ({@code unavailable}) if that takes more than two seconds, too many senders wait, or the
     *     thread is interrupted
     */
    void awaitTurn(String roomId, String senderId) {
        if (!await(roomId, senderId)) {
            throw RequestRejected.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
    }

    /**
     * Waits, after a message is stored, until it is pushed, but for two seconds at most. Returns at once if too many senders
     * wait.
     */
    void awaitPushed(String roomId, String senderId) {
        boolean unused = await(roomId, senderId);
    }

    private boolean await(String roomId, String senderId) {
        if (!feeds.mustWait(roomId, senderId)) {
            return true;
        }
        if (!waitingPlaces.tryAcquire()) {
            return false;
        }
        try {
            return feeds.awaitTurn(roomId, senderId, MAX_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waitingPlaces.release();
        }
    }
}
