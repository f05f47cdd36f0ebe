package io.simpleim.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes what happens in one room, in order: a mailbox, and one round at a time that empties it. What comes while a round
 * is under way waits for the next one, so that under load each connection is written to once for many messages.
 * Thread-safe; calls nobody while it holds its lock, the clock aside.
 */
final class RoomFeed {
    /** Deliveries of one round: rooms share the threads, and a large one lets the others have their turn. */
    private static final int ROUND = 16_384;

    private static final int MOST_AT_ONCE = 256;
    /** A room with fewer connections is pushed to faster than anybody writes. */
    private static final int LARGE = 64;
    /** Deliveries that may wait in a large room: a fraction of a second of work. */
    private static final int MOST_WAITING = 65_536;

    private final FanOut fanOut;
    private final Executor executor;
    private final GapFiller filler;
    private final LongSupplier nanoTime;
    /** Owned by the round that is under way. */
    private final RoomOrder<Delivery> order = new RoomOrder<>();

    // All guarded by this.
    private final Deque<Delivery> mailbox = new ArrayDeque<>(2);
    /** Of each sender, how many messages are not pushed yet. */
    private final Map<String, Integer> unpushed = new HashMap<>(2);

    private @Nullable Fill fill;
    private boolean running;
    private boolean filling;
    private boolean retired;
    /** How many connections the room has here, as of the last round. */
    private int targets;

    private long usedNanos;

    /**
     * Numbers of which nothing was heard.
     *
     * @param next what waits for them
     */
    record Gap(long afterSeq, long beforeSeq, Delivery next) {}

    private record Fill(Map<Long, Delivery> found, long beforeSeq) {}

    /** Looks for what is missing, after a moment, and calls {@link RoomFeed#filled} once. */
    interface GapFiller {
        void fill(RoomFeed feed, Gap gap);
    }

    /** @param nanoTime as {@link System#nanoTime()} */
    RoomFeed(FanOut fanOut, Executor executor, GapFiller filler, LongSupplier nanoTime) {
        this.fanOut = fanOut;
        this.executor = executor;
        this.filler = filler;
        this.nanoTime = nanoTime;
        this.usedNanos = nanoTime.getAsLong();
    }

    /** Takes something to push; false if the feed has been retired. */
    boolean offer(Delivery delivery) {
        boolean toStart;
        synchronized (this) {
            if (retired) {
                return false;
            }
            usedNanos = nanoTime.getAsLong();
            mailbox.add(delivery);
            unpushed.merge(delivery.senderId(), 1, Integer::sum);
            toStart = start();
        }
        if (toStart) {
            executor.execute(this::round);
        }
        return true;
    }

    /** Takes what was found of a gap, by number; what was not found is not to be had. */
    void filled(Map<Long, Delivery> found, long beforeSeq) {
        boolean toStart;
        synchronized (this) {
            filling = false;
            fill = new Fill(found, beforeSeq);
            toStart = start();
        }
        if (toStart) {
            executor.execute(this::round);
        }
    }

    /**
     * Waits until a sender may write again: in a large room not before what it has written last is pushed, and not while
     * too much waits. So writers cannot be faster than the room is pushed to, however many and fast they are.
     *
     * @return false if that takes longer than to a point of time, as of the clock of this feed
     */
    synchronized boolean awaitTurn(String senderId, long deadlineNanos) throws InterruptedException {
        while (isTooFast(senderId)) {
            long left = deadlineNanos - nanoTime.getAsLong();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    synchronized boolean isTooFast(String senderId) {
        return targets >= LARGE && (unpushed.containsKey(senderId) || mailbox.size() > MOST_WAITING / targets);
    }

    /** Takes nothing more from now on, if nothing has come for some time; whether it is so. */
    synchronized boolean retire(long idleNanos) {
        retired = !running && !filling && nanoTime.getAsLong() - usedNanos > idleNanos;
        return retired;
    }

    /** Whether all that was offered has been pushed. */
    synchronized boolean isIdle() {
        return !running;
    }

    /** Whether the caller has to start a round. */
    private boolean start() {
        boolean toStart = !running;
        running = true;
        return toStart;
    }

    private void round() {
        List<Delivery> taken = new ArrayList<>();
        Fill found;
        synchronized (this) {
            int most = Math.max(1, Math.min(MOST_AT_ONCE, ROUND / Math.max(1, targets)));
            while (!mailbox.isEmpty() && taken.size() < most) {
                taken.add(mailbox.remove());
            }
            found = fill;
            fill = null;
        }
        List<Delivery> inOrder = new ArrayList<>(taken.size());
        if (found != null) {
            inOrder.addAll(order.fill(found.found(), found.beforeSeq()));
        }
        taken.forEach(delivery -> inOrder.addAll(accept(delivery)));
        Gap gap = order.hasGap() ? new Gap(order.last(), order.firstWaiting(), order.nextWaiting()) : null;
        fanOut.push(inOrder, reached -> end(taken, reached, gap));
    }

    private List<Delivery> accept(Delivery delivery) {
        if (delivery.frame().roomId() == null) {
            // Events have no number: they come in the order in which they happen.
            return List.of(delivery);
        }
        if (delivery.isAgain() && order.last() == 0) {
            return List.of();
        }
        return order.accept(delivery.frame().seq(), delivery);
    }

    private void end(List<Delivery> pushed, int reached, @Nullable Gap gap) {
        boolean toFill;
        boolean again;
        synchronized (this) {
            targets = reached == 0 ? targets : reached;
            pushed.forEach(delivery ->
                    unpushed.computeIfPresent(delivery.senderId(), (id, count) -> count == 1 ? null : count - 1));
            notifyAll();
            toFill = gap != null && !filling;
            filling |= toFill;
            again = !mailbox.isEmpty() || fill != null;
            running = again;
        }
        if (gap != null && toFill) {
            filler.fill(this, gap);
        }
        if (again) {
            executor.execute(this::round);
        }
    }
}
