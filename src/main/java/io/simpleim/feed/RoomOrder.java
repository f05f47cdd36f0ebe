package io.simpleim.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one stream in order. They may arrive late, twice, or not at all. Not thread-safe; the round
 * under way owns it.
 *
 * <p>Invariants: messages are released in the order of their numbers, each once. A number is skipped only if {@link
 * #fill} says that it does not exist. The order starts with a message that follows an announced one, or where {@link
 * #startAfter} says. Once {@link #announce} was called it starts only there, since the announced messages may not have
 * been offered.
 */
final class RoomOrder<T> {
    private final TreeMap<Long, T> waiting = new TreeMap<>();
    private boolean isStarted;
    /** The number that was released last; 0 before the first. */
    private long lastSeq;
    /** A number up to which messages exist according to {@link #announce}. */
    private long announced;

    /**
     * Takes a message.
     *
     * @param isNext whether the message before it was announced too
     * @return the messages that are released now, in order
     */
    List<T> accept(long seq, T message, boolean isNext) {
        boolean mayStart = seq == 1 || (isNext && announced == 0);
        if (!isStarted && mayStart && (waiting.isEmpty() || seq < waiting.firstKey())) {
            startAfter(seq - 1);
        }
        if (isStarted && seq <= lastSeq) {
            return List.of();
        }
        if (isStarted && seq == lastSeq + 1 && waiting.isEmpty()) {
            lastSeq = seq;
            return List.of(message);
        }
        waiting.putIfAbsent(seq, message);
        return takeReady();
    }

    /** Records that messages up to a number exist, whether they are offered or not. */
    void announce(long seq) {
        announced = Math.max(announced, seq);
    }

    /** Whether messages wait for {@link #startAfter}. */
    boolean needsStart() {
        return !isStarted && (!waiting.isEmpty() || announced > 0);
    }

    /** Starts the order after a number; no effect if it has started. */
    void startAfter(long seq) {
        if (!isStarted) {
            isStarted = true;
            lastSeq = seq;
        }
    }

    /**
     * Returns to the state before the start, since the released messages reached no connection. No effect while any are
     * missing.
     */
    void reset() {
        if (waiting.isEmpty() && announced <= lastSeq) {
            isStarted = false;
            lastSeq = 0;
            announced = 0;
        }
    }

    /** Whether numbers are missing before a message that waits or was announced. */
    boolean hasGap() {
        return isStarted && (!waiting.isEmpty() || announced > lastSeq);
    }

    /** The number that was released last; a gap starts after it. */
    long lastSeq() {
        return lastSeq;
    }

    /** The number before which the gap ends. Only if {@link #hasGap} or {@link #needsStart}. */
    long firstWaitingSeq() {
        return waiting.isEmpty() ? announced + 1 : waiting.firstKey();
    }

    /** The first message that waits; null if there are only announced ones. */
    @Nullable
    T firstWaiting() {
        return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
    }

    /**
     * Closes a gap.
     *
     * @param found messages by number; numbers before {@code beforeSeq} that are absent are skipped
     * @return the messages that are released now, in order
     */
    List<T> fill(Map<Long, T> found, long beforeSeq) {
        found.forEach((seq, message) -> {
            if (seq > lastSeq) {
                waiting.putIfAbsent(seq, message);
            }
        });
        List<T> ready = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.firstKey() < beforeSeq) {
            takeFirst(ready);
        }
        lastSeq = Math.max(lastSeq, beforeSeq - 1);
        ready.addAll(takeReady());
        return ready;
    }

    private List<T> takeReady() {
        List<T> ready = new ArrayList<>();
        while (isStarted && !waiting.isEmpty() && waiting.firstKey() == lastSeq + 1) {
            takeFirst(ready);
        }
        return ready;
    }

    private void takeFirst(List<T> ready) {
        Map.Entry<Long, T> first = waiting.pollFirstEntry();
        lastSeq = first.getKey();
        ready.add(first.getValue());
    }
}
