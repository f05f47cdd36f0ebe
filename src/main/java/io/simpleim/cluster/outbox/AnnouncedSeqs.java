package io.simpleim.cluster.outbox;

import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.Push;
import io.simpleim.concurrent.BoundedMap;
import io.simpleim.feed.Delivery.Continuity;
import java.util.Map;

/** The last message of each room that this node has announced to the others. Not thread-safe. */
final class AnnouncedSeqs {
    private static final int MAX_ROOMS = 50_000;

    private final Map<String, Long> lastByRoom = BoundedMap.evictingLeastRecentlyUsed(MAX_ROOMS);

    /**
     * Records that a message is about to be announced.
     *
     * @return the same message; if it is a push, with {@code NEXT} if the message before it in its room was announced
     */
    ClusterMessage announce(ClusterMessage message) {
        return message instanceof Push push ? announce(push) : message;
    }

    private Push announce(Push push) {
        Push.Numbered message = push.message();
        // Receivers search for a repeated message before they push it, so the room's order cannot continue after it.
        if (message == null || message.continuity() == Continuity.AGAIN) {
            return push;
        }
        Long last = lastByRoom.put(push.roomId(), message.seq());
        return push.withContinuity(last != null && last == message.seq() - 1 ? Continuity.NEXT : Continuity.NEW);
    }

    /** Forgets all rooms, since some node may not have received the announcements. */
    void forgetAll() {
        lastByRoom.clear();
    }
}
