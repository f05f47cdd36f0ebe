package io.simpleim.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** Messages from elsewhere that may wait, whose senders nobody here can slow down; the rest is read from the store. */
    private static final int MOST_FROM_ELSEWHERE = 1024;

    static final long NEVER = Long.MAX_VALUE;

    private final FanOut fanOut;
    private final Executor executor;
    private final GapFiller filler;
    private final LongSupplier nanoTime;
    /** Owned by the round that is under way, from its beginning to {@link #end}. */
    private final RoomOrder<Delivery> order = new RoomOrder<>();

    // All guarded by this.
    private final Mailbox mailbox = new Mailbox();
    /** Of each sender, how many messages are not pushed yet. */
    private final Map<String, Integer> unpushed = new HashMap<>(2);

    private @Nullable Fill fill;
    /** A number up to which there are messages that were not offered one by one; 0 if none was announced. */
    private long announced;
    /** Who gets what was announced, and what is found of a gap: the members as of the last news. */
    private Collection<String> userIds = Set.of();
    /** Since when something was missed that is looked for, in Unix seconds. */
    private long missedSince = NEVER;

    private boolean running;
    private boolean filling;
    private boolean retired;
    /** How many connections the room has here, as of the last round. */
    private int targets;

    private long usedNanos;

    /**
     * Numbers of which nothing was heard.
     *
     * @param isBeginning whether the order of the room has not begun, and it has to be found out where it does; then the
     *     gap may begin anywhere
     * @param isOverdue whether it is of no use to wait for news: none are on their way
     */
    record Gap(boolean isBeginning, long afterSeq, long beforeSeq, Collection<String> userIds, boolean isOverdue) {}

    /** @param beginAfter the number after which the order begins; it may have begun elsewhere meanwhile */
    private record Fill(long beginAfter, Map<Long, Delivery> found, long beforeSeq) {}

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
            take(delivery);
            toStart = start();
        }
        if (toStart) {
            executor.execute(this::round);
        }
        return true;
    }

    private void take(Delivery delivery) {
        if (delivery.isMessage()) {
            userIds = delivery.userIds();
            boolean isTooMuch = delivery.isFromElsewhere() && mailbox.size() >= MOST_FROM_ELSEWHERE;
            if (isTooMuch || delivery.continuity() == Delivery.Continuity.AGAIN) {
                announced = Math.max(announced, delivery.frame().seq());
            }
            if (isTooMuch) {
                return;
            }
        }
        mailbox.add(delivery, usedNanos);
        unpushed.merge(delivery.senderId(), 1, Integer::sum);
    }

    /**
     * Takes notice that the room has messages up to a number, which may not all have been offered; false if the feed has
     * been retired.
     *
     * @param members who gets those that are missing
     * @param since when the first of those was stored at the earliest, in Unix seconds
     */
    boolean announce(long seq, Collection<String> members, long since) {
        boolean toStart;
        synchronized (this) {
            if (retired) {
                return false;
            }
            usedNanos = nanoTime.getAsLong();
            announced = Math.max(announced, seq);
            userIds = members;
            missedSince = Math.min(missedSince, since);
            toStart = start();
        }
        if (toStart) {
            executor.execute(this::round);
        }
        return true;
    }

    /**
     * Since when messages were missed, in Unix seconds, as far as that was announced and the order has not begun; NEVER if
     * it was not.
     */
    synchronized long missedSince() {
        return missedSince;
    }

    /** Takes what was found of a gap, by number; what was not found is not to be had. */
    void filled(Map<Long, Delivery> found, long beforeSeq) {
        filled(new Fill(beforeSeq - 1, found, beforeSeq));
    }

    /** Takes note of where the order begins, and of what was found from there on. */
    void begins(long afterSeq, Map<Long, Delivery> found, long beforeSeq) {
        filled(new Fill(afterSeq, found, beforeSeq));
    }

    private void filled(Fill found) {
        boolean toStart;
        synchronized (this) {
            filling = false;
            fill = found;
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
        Mailbox.Round taken;
        Fill found;
        synchronized (this) {
            int most = Math.max(1, Math.min(MOST_AT_ONCE, ROUND / Math.max(1, targets)));
            taken = mailbox.take(most);
            found = fill;
            fill = null;
            order.announce(announced);
            announced = 0;
        }
        List<Delivery> inOrder = new ArrayList<>(taken.deliveries().size());
        if (found != null) {
            order.begin(found.beginAfter());
            inOrder.addAll(order.fill(found.found(), found.beforeSeq()));
        }
        taken.deliveries().forEach(delivery -> inOrder.addAll(accept(delivery)));
        fanOut.push(inOrder, reached -> {
            if (reached == 0 && !inOrder.isEmpty()) {
                // Whoever connects next finds all of this in the store.
                order.forget();
            }
            if (reached > 0 && !taken.deliveries().isEmpty()) {
                fanOut.tellPushed(nanoTime.getAsLong() - taken.sinceNanos());
            }
            end(taken.deliveries(), reached, found != null);
        });
    }

    private List<Delivery> accept(Delivery delivery) {
        long seq = delivery.frame().seq();
        return switch (delivery.continuity()) {
            // Events have no number: they come in the order in which they happen.
            case NEXT, NEW ->
                delivery.isMessage()
                        ? order.accept(seq, delivery, delivery.continuity() == Delivery.Continuity.NEXT)
                        : List.of(delivery);
            // What has been announced is looked for, and pushed if it is not too old.
            case AGAIN -> order.isToBegin() ? List.of() : order.accept(seq, delivery, false);
        };
    }

    /**
     * What is missing.
     *
     * @param isGoingOn whether some of it was found just now: then all of it has been waited for
     */
    private @Nullable Gap gap(boolean isGoingOn) {
        boolean isBeginning = order.isToBegin();
        if (!isBeginning && !order.hasGap()) {
            return null;
        }
        Delivery next = order.nextWaiting();
        boolean isOverdue = isGoingOn || isBeginning || (next != null && next.continuity() == Delivery.Continuity.NEXT);
        return new Gap(isBeginning, order.last(), order.firstWaiting(), userIds, isOverdue);
    }

    private void end(List<Delivery> pushed, int reached, boolean isGoingOn) {
        Gap gap;
        boolean toFill;
        boolean again;
        synchronized (this) {
            targets = reached == 0 ? targets : reached;
            pushed.forEach(delivery ->
                    unpushed.computeIfPresent(delivery.senderId(), (id, count) -> count == 1 ? null : count - 1));
            notifyAll();
            gap = gap(isGoingOn);
            toFill = gap != null && !filling;
            filling |= toFill;
            if (announced == 0 && !order.isToBegin()) {
                missedSince = NEVER;
            }
            again = !mailbox.isEmpty() || fill != null || announced > 0;
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
