package io.simpleim.push;

import io.simpleim.event.MessagePush;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of each room, the number up to which one connection has been given messages: whatever comes again, from another node or
 * from the store, is let go. Thread-safe.
 */
final class Watermarks {
    /** Rooms that are remembered, those that came first are forgotten first: a connection is in few that are busy. */
    private static final int MOST = 4096;

    /** Clocks of nodes may differ by so much; and times are of whole seconds. */
    private static final long CLOCKS_DIFFER_SECONDS = 10;

    private final long openedAt;

    /** Guarded by this. */
    private Map<String, Long> lastByRoom = Map.of();

    /** @param openedAt when the connection was opened, Unix seconds */
    Watermarks(long openedAt) {
        this.openedAt = openedAt;
    }

    /** Those of some frames that the connection has not been given, which it now is. */
    synchronized List<Frame> pass(List<Frame> frames) {
        List<Frame> fresh = null;
        String roomId = null;
        Long last = null;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            String room = frame.roomId();
            boolean isFresh = true;
            if (room != null) {
                if (!room.equals(roomId)) {
                    note(roomId, last);
                    roomId = room;
                    last = lastByRoom.get(room);
                }
                isFresh = isFresh(frame, last);
                last = isFresh ? Long.valueOf(frame.seq()) : last;
            }
            if (!isFresh && fresh == null) {
                fresh = new ArrayList<>(frames.subList(0, i));
            } else if (isFresh && fresh != null) {
                fresh.add(frame);
            }
        }
        note(roomId, last);
        return fresh == null ? frames : fresh;
    }

    /** Of a room of which nothing has been sent, all from before the connection was dealt with as it was opened. */
    private boolean isFresh(Frame frame, @Nullable Long last) {
        MessagePush late = frame.late();
        if (last == null) {
            return late == null || late.createdAt() >= openedAt - CLOCKS_DIFFER_SECONDS;
        }
        return frame.seq() > last;
    }

    private void note(@Nullable String roomId, @Nullable Long last) {
        if (roomId == null || last == null) {
            return;
        }
        if (lastByRoom.isEmpty()) {
            lastByRoom = new Bounded();
        }
        lastByRoom.put(roomId, last);
    }

    private static final class Bounded extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1L;

        Bounded() {
            super(2);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    }
}
