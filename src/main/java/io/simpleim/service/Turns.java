package io.simpleim.service;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.push.RoomFeeds;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Has those who write to a large room wait until the room is pushed to; see {@link RoomFeeds#awaitTurn}. Only so many
 * wait at a time: their threads are those that everybody's requests need. Thread-safe.
 */
final class Turns {
    private static final int MOST_WAITING = 100;
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final RoomFeeds feeds;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    Turns(RoomFeeds feeds) {
        this.feeds = feeds;
    }

    /** @throws Refused ({@code unavailable}) if it takes too long, or too many wait */
    void await(String roomId, String senderId) {
        if (!feeds.isTooFast(roomId, senderId)) {
            return;
        }
        if (!places.tryAcquire()) {
            throw Refused.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
        boolean comes;
        try {
            comes = feeds.awaitTurn(roomId, senderId, LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            comes = false;
        } finally {
            places.release();
        }
        if (!comes) {
            throw Refused.forNow(ApiError.UNAVAILABLE, RETRY_AFTER_SECONDS);
        }
    }
}
