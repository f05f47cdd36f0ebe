package io.simpleim.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one room in order, in whatever order news of them come: late, twice, or not at all. Not
 * thread-safe: its owner takes turns.
 *
 * <p>Invariants: what is handed on has rising numbers, each once; it has no jump but where {@link #fill} was told that
 * there is nothing to be had. The order begins with a message whose predecessor is known to have been told, or where
 * {@link #begin} says; always there once something was announced, for that was maybe not told.
 */
final class RoomOrder<T> {
    private final TreeMap<Long, T> waiting = new TreeMap<>();
    private boolean begun;
    /** The number that was handed on last; 0 before the first. */
    private long last;
    /** A number up to which there are messages, as far as anybody has said. */
    private long known;

    /**
     * Takes news of a message.
     *
     * @param isNext whether whoever tells of it has told of what came before it too, as far as there was anybody to tell
     * @return what can be handed on now, in order
     */
    List<T> accept(long seq, T message, boolean isNext) {
        boolean isBeginning = seq == 1 || (isNext && known == 0);
        if (!begun && isBeginning && (waiting.isEmpty() || seq < waiting.firstKey())) {
            begin(seq - 1);
        }
        if (begun && seq <= last) {
            return List.of();
        }
        if (begun && seq == last + 1 && waiting.isEmpty()) {
            last = seq;
            return List.of(message);
        }
        waiting.putIfAbsent(seq, message);
        return ready();
    }

    /** Takes notice that there are messages up to a number, which nobody has told of one by one. */
    void announce(long seq) {
        known = Math.max(known, seq);
    }

    /** Whether it has to be found out where the order begins, as there is something to hand on. */
    boolean isToBegin() {
        return !begun && (!waiting.isEmpty() || known > 0);
    }

    /** Has the order begin after a number; once it has begun, nothing changes. */
    void begin(long afterSeq) {
        if (!begun) {
            begun = true;
            last = afterSeq;
        }
    }

    /** Forgets where the order stands, since nobody gets what it hands on; not while something waits. */
    void forget() {
        if (waiting.isEmpty() && known <= last) {
            begun = false;
            last = 0;
            known = 0;
        }
    }

    /** Whether there is something behind numbers that have not come. */
    boolean hasGap() {
        return begun && (!waiting.isEmpty() || known > last);
    }

    /** The number that was handed on last: the gap begins behind it. */
    long last() {
        return last;
    }

    /** The number before which the gap ends, or what it has to begin with. Only while there is either. */
    long firstWaiting() {
        return waiting.isEmpty() ? known + 1 : waiting.firstKey();
    }

    /** What waits first; null if it is only known that there is something. */
    @Nullable
    T nextWaiting() {
        return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
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
        while (!waiting.isEmpty() && waiting.firstKey() < beforeSeq) {
            handOnFirst(handedOn);
        }
        last = Math.max(last, beforeSeq - 1);
        handedOn.addAll(ready());
        return handedOn;
    }

    private List<T> ready() {
        List<T> handedOn = new ArrayList<>();
        while (begun && !waiting.isEmpty() && waiting.firstKey() == last + 1) {
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
