package io.simpleim.bench.ledger;

import io.simpleim.bench.client.PushHandler;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what one connection receives. It must get the seqs 1, 2, 3, … of each expected room. A skipped seq counts as
 * missing until it arrives, and then as out of order. Not thread-safe.
 */
public final class Receiver implements PushHandler {
    private static final int EVENTS_FROM = 10_000;

    private final Ledger ledger;
    private final Map<String, Track> tracks = new HashMap<>();
    private @Nullable Track current;
    private boolean hasEnded;

    Receiver(Ledger ledger) {
        this.ledger = ledger;
    }

    private static final class Track {
        final RoomBook book;
        final Set<Long> skipped = new HashSet<>();
        long last;

        Track(RoomBook book) {
            this.book = book;
        }
    }

    /** Declares that this connection gets all messages of a room that has none yet. */
    public void expect(String roomId) {
        RoomBook book = ledger.book(roomId);
        book.addReceiver();
        tracks.put(roomId, new Track(book));
    }

    @Override
    public void push(byte[] bytes, int from, int to, long nowNanos) {
        PushFields fields = ledger.pushFields();
        if (fields.type(bytes, from, to) >= EVENTS_FROM) {
            ledger.event();
            return;
        }
        Track track = track(bytes, fields.roomIdAt(bytes, from, to), to);
        if (track == null) {
            ledger.stray();
            return;
        }
        ledger.delivered();
        long seq = fields.seq(bytes, from, to);
        if (inOrder(track, seq) && !track.book.push(seq, fields.key(bytes, from, to), nowNanos)) {
            ledger.contradiction();
        }
    }

    /** @return false for a seq that was received before */
    private boolean inOrder(Track track, long seq) {
        if (seq <= track.last) {
            if (track.skipped.remove(seq)) {
                ledger.outOfOrder();
                return true;
            }
            ledger.doubled();
            return false;
        }
        for (long skipped = track.last + 1; skipped < seq; skipped++) {
            track.skipped.add(skipped);
        }
        track.last = seq;
        return true;
    }

    private @Nullable Track track(byte[] bytes, int at, int to) {
        Track known = current;
        if (known != null && known.book.isRoom(bytes, at, to)) {
            return known;
        }
        for (Track other : tracks.values()) {
            if (other.book.isRoom(bytes, at, to)) {
                current = other;
                return other;
            }
        }
        return null;
    }

    /** Number of answered messages that have not arrived. */
    long missing() {
        long missing = 0;
        for (Track track : tracks.values()) {
            RoomBook book = track.book;
            missing += track.skipped.stream()
                    .filter(seq -> book.answeredKey(seq) != 0)
                    .count();
            for (long seq = track.last + 1; seq <= book.last(); seq++) {
                missing += book.answeredKey(seq) != 0 ? 1 : 0;
            }
        }
        return missing;
    }

    /** Whether the server closed the connection. */
    boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public void ended(String why) {
        hasEnded = true;
        ledger.ended(why);
    }
}
