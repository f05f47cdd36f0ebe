package io.simpleim.push;

import io.simpleim.event.MessagePush;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a client's own messages from coming back to it. Between storing and pushing, such a message cannot be
 * distinguished from one that the client has missed. Thread-safe; calls no listener while it holds its lock.
 */
final class OwnMessageFilter {
    /** More than a client has in flight. Ids of refused messages, which are never pushed, are evicted as the oldest. */
    private static final int MAX_IDS = 256;

    /** Guarded by this. A mutable set while it has elements: most connections send rarely. */
    private Set<String> ids = Set.of();

    /** Registers a message before it is stored. */
    synchronized void add(String messageId) {
        if (ids.isEmpty()) {
            ids = new LinkedHashSet<>(2);
        }
        ids.add(messageId);
        if (ids.size() > MAX_IDS) {
            ids.remove(ids.iterator().next());
        }
    }

    synchronized boolean contains(String messageId) {
        return ids.contains(messageId);
    }

    /**
     * Replaces own messages that were read from the store by placeholders. An own message that comes as a placeholder
     * has taken its place in the stream, so its id is forgotten.
     *
     * @return the same list if nothing is replaced
     */
    List<Frame> apply(List<Frame> frames) {
        List<Frame> changed = null;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            MessagePush late = frame.lateMessage();
            if (late != null && contains(late.messageId())) {
                changed = changed == null ? new ArrayList<>(frames) : changed;
                changed.set(i, frame.placeholder());
            }
            String messageId = frame.isPlaceholder() ? frame.messageId() : null;
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
