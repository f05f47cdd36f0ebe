package io.simpleim.message;

import io.simpleim.concurrent.BoundedMap;
import io.simpleim.store.mongo.UserMessageDao;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The last number of each room that this writer knows to be in use; all numbers up to it are in use too. It may be behind,
 * because other nodes write too; that only costs another attempt. Owned by one writer thread.
 */
final class LastNumbers {
    private static final int MAX_ROOMS = 50_000;

    private final UserMessageDao entries;
    private final RoomHeads heads;
    private final BoundedMap<String, Long> byRoom = BoundedMap.evictingLeastRecentlyUsed(MAX_ROOMS);

    LastNumbers(UserMessageDao entries, RoomHeads heads) {
        this.entries = entries;
        this.heads = heads;
    }

    /** Looks up the rooms without a known number, with one query for all of them. */
    void load(List<PendingSend> sends) {
        Set<String> unknown = new HashSet<>();
        for (PendingSend send : sends) {
            if (send.knownLast() == 0 && !byRoom.containsKey(send.roomId())) {
                unknown.add(send.roomId());
            }
        }
        if (!unknown.isEmpty()) {
            byRoom.putAll(heads.knownSeqs(unknown));
        }
    }

    /** The last known number of a send's room, 0 if none is known. */
    long lastKnown(PendingSend send) {
        return Math.max(byRoom.getOrDefault(send.roomId(), 0L), send.knownLast());
    }

    void set(String roomId, long seq) {
        byRoom.put(roomId, seq);
    }

    void forget(String roomId) {
        byRoom.remove(roomId);
    }

    /** Looks up the last number again, after another node has taken the number assigned to a send. */
    void refresh(PendingSend refused) {
        long last = entries.lastNumber(refused.roomId(), lastKnown(refused));
        // A rollback of the other node's entry would leave a hole below the numbers that this node assigns next.
        entries.confirmNumber(refused.roomId(), last);
        set(refused.roomId(), last);
    }
}
