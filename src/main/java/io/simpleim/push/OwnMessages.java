package io.simpleim.push;

import io.simpleim.event.MessagePush;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages that the client of one connection is sending: in the store they look as if the client had missed them.
 * Thread-safe.
 */
final class OwnMessages {
    /** More are not under way at a time; of those that are never pushed, as they were refused, the first are forgotten. */
    private static final int MOST = 256;

    /** Guarded by this. */
    private Set<String> ids = Set.of();

    synchronized void add(String messageId) {
        if (ids.isEmpty()) {
            ids = new LinkedHashSet<>(2);
        }
        ids.add(messageId);
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
    }

    synchronized boolean contains(String messageId) {
        return ids.contains(messageId);
    }

    /**
     * Frames as they are pushed to the connection: of those that were found in the store, the client's own are not sent.
     * Those that take their turn are forgotten.
     */
    List<Frame> taken(List<Frame> frames) {
        List<Frame> changed = null;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            MessagePush late = frame.late();
            if (late != null && contains(late.messageId())) {
                changed = changed == null ? new ArrayList<>(frames) : changed;
                changed.set(i, frame.unsent());
            }
            String messageId = frame.isSent() ? null : frame.messageId();
            if (messageId != null) {
                remove(messageId);
            }
        }
        return changed == null ? frames : changed;
    }

    private synchronized void remove(String messageId) {
        if (!ids.isEmpty()) {
            ids.remove(messageId);
        }
        if (ids.isEmpty()) {
            ids = Set.of();
        }
    }
}
