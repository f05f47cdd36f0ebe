package io.simpleim.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the messages of one room in order, in whatever order news of them come: late, twice, or not at all. Not
 * thread-safe: its owner takes turns.
 *
 * <p>Invariants: what is handed on has rising numbers, each once; it has no jump but where {@link #fill} was told that
 * there is nothing to be had. Whatever was first sets where the order begins.
 */
final class RoomOrder<T> {
    private final TreeMap<Long, T> waiting = new TreeMap<>();
    /** The number that was handed on last; 0 before the first. */
    private long last;

    /**
     * Takes news of a message.
     *
     * @return what can be handed on now, in order
     */
    List<T> accept(long seq, T message) {
        if (last == 0) {
            last = seq;
            return List.of(message);
        }
        if (seq <= last) {
            return List.of();
        }
        if (seq == last + 1 && waiting.isEmpty()) {
            last = seq;
            return List.of(message);
        }
        waiting.putIfAbsent(seq, message);
        return ready();
    }

    /** Whether something waits for numbers that have not come. */
    boolean hasGap() {
        return !waiting.isEmpty();
    }

    /** The number that was handed on last: the gap begins behind it. */
    long last() {
        return last;
    }

    /** The number before which the gap ends. Only while there is a gap. */
    long firstWaiting() {
        return waiting.firstKey();
    }

    /** What waits first. Only while there is a gap. */
    T nextWaiting() {
        return waiting.firstEntry().getValue();
    }

    /**
     * Closes a gap with what is to be had of it.
     *
     * @param found by number; whatever is not among them before {@code beforeSeq} is given up
     * @return what can be handed on now, in order
     */
    List<T> fill(Map<Long, T> found, long beforeSeq) {
        found.forEach((seq, message) -> {
            if (seq > last) {
                waiting.putIfAbsent(seq, message);
            }
        });
        List<T> handedOn = new ArrayList<>();
        while (hasGap() && firstWaiting() < beforeSeq) {
            handOnFirst(handedOn);
        }
        last = Math.max(last, beforeSeq - 1);
        handedOn.addAll(ready());
        return handedOn;
    }

    private List<T> ready() {
        List<T> handedOn = new ArrayList<>();
        while (hasGap() && firstWaiting() == last + 1) {
            handOnFirst(handedOn);
        }
        return handedOn;
    }

    private void handOnFirst(List<T> handedOn) {
        Map.Entry<Long, T> first = waiting.pollFirstEntry();
        last = first.getKey();
        handedOn.add(first.getValue());
    }
}
