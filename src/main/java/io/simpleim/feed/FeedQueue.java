package io.simpleim.feed;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The work that waits in one feed: deliveries, announced numbers and the messages found for a gap. Decides when a round
 * has to start, and applies back pressure to senders. Thread-safe; calls only the clock under its lock.
 *
 * <p>Invariants: at most one round is under way, from {@link Verdict#START_ROUND} until {@link #endRound} says that no
 * other follows. At most one gap is being loaded, from {@code endRound} until {@link #addFill}. A retired feed takes
 * nothing.
 */
final class FeedQueue {
    /** The {@link #missedSince} of a feed that has missed nothing. */
    static final long NEVER = Long.MAX_VALUE;

    /** Maximum number of frames that one round enqueues. Rooms share threads, so a large room has shorter rounds. */
    private static final int MAX_ROUND_FRAMES = 16_384;

    private static final int MAX_ROUND_DELIVERIES = 256;
    /** Smaller rooms are pushed to faster than their members write. */
    private static final int LARGE_ROOM_CONNECTIONS = 64;
    /** Frames that may wait in a large room before all senders wait: a fraction of a second of work. */
    private static final int MAX_WAITING_FRAMES = 65_536;
    /** Limits messages from other nodes, whose senders this node cannot slow down. The rest is read from the store. */
    private static final int MAX_WAITING_FROM_OTHER_NODES = 1024;

    private final LongSupplier nanoTime;

    // All guarded by this.
    private final Mailbox mailbox = new Mailbox();
    /** The number of messages per sender that are not pushed yet. */
    private final Map<String, Integer> unpushed = new HashMap<>(2);

    /** The messages that fill a gap and are still to be pushed; null if no gap is being filled. */
    private @Nullable Fill fill;
    /** A number up to which messages exist that were not all offered; 0 if none was announced. */
    private long announced;
    /** The members according to the last message or announcement. */
    private Collection<String> members = Set.of();

    private long missedSince = NEVER;
    private boolean isRoundRunning;
    private boolean isGapLoading;
    private boolean isRetired;
    /** The number of connections that the last round reached. */
    private int connections;

    /** When work was last added, as {@link System#nanoTime()}. */
    private long usedNanos;

    /** Tells the caller that has added something what to do. */
    enum Verdict {
        /** Start a round. */
        START_ROUND,
        /** A round is under way and will be followed by another. */
        WAIT,
        /** Nothing was added: the feed is retired. */
        RETIRED
    }

    /**
     * The messages that were found for a gap.
     *
     * @param startAfter the number after which the order starts, if it has not started
     * @param found deliveries by number; the numbers before {@code beforeSeq} that are absent do not exist
     */
    record Fill(long startAfter, Map<Long, Delivery> found, long beforeSeq) {}

    /** The work of one round. */
    record Round(Mailbox.Batch batch, @Nullable Fill fill, long announced) {}

    /**
     * What follows a round.
     *
     * @param isGapToLoad whether to load the gap that the round left; the feed counts as loading from now on
     * @param isRoundToRun whether to run another round
     */
    record Next(boolean isGapToLoad, boolean isRoundToRun) {}

    /** @param nanoTime as {@link System#nanoTime()} */
    FeedQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.usedNanos = nanoTime.getAsLong();
    }

    /** Adds a delivery. */
    synchronized Verdict offer(Delivery delivery) {
        if (isRetired) {
            return Verdict.RETIRED;
        }
        usedNanos = nanoTime.getAsLong();
        if (delivery.isNumbered()) {
            members = delivery.userIds();
            boolean isTooMuch =
                    delivery.origin() == Delivery.Origin.OTHER_NODE && mailbox.size() >= MAX_WAITING_FROM_OTHER_NODES;
            if (isTooMuch || delivery.continuity() == Delivery.Continuity.AGAIN) {
                announced = Math.max(announced, delivery.seq());
            }
            if (isTooMuch) {
                return startRound();
            }
        }
        mailbox.add(delivery, usedNanos);
        unpushed.merge(delivery.senderId(), 1, Integer::sum);
        return startRound();
    }

    /**
     * Notes that messages up to a number exist, not all of which were offered.
     *
     * @param userIds the members, who get the missing messages
     * @param since the earliest time at which the first missing message was stored, in Unix seconds
     */
    synchronized Verdict announce(long seq, Collection<String> userIds, long since) {
        if (isRetired) {
            return Verdict.RETIRED;
        }
        usedNanos = nanoTime.getAsLong();
        announced = Math.max(announced, seq);
        members = userIds;
        missedSince = Math.min(missedSince, since);
        return startRound();
    }

    /** Adds the messages found for the gap that was loaded. */
    synchronized Verdict addFill(Fill found) {
        isGapLoading = false;
        fill = found;
        return startRound();
    }

    private Verdict startRound() {
        if (isRoundRunning) {
            return Verdict.WAIT;
        }
        isRoundRunning = true;
        return Verdict.START_ROUND;
    }

    /** Takes the work of the next round. Only for the round under way. */
    synchronized Round takeRound() {
        int maxDeliveries = Math.max(1, Math.min(MAX_ROUND_DELIVERIES, MAX_ROUND_FRAMES / Math.max(1, connections)));
        Round round = new Round(mailbox.take(maxDeliveries), fill, announced);
        fill = null;
        announced = 0;
        return round;
    }

    /**
     * Ends a round and wakes the senders that wait for it.
     *
     * @param reached the number of connections that got something
     * @param gap what the order of the feed lacks now
     */
    synchronized Next endRound(Round round, int reached, @Nullable Gap gap) {
        connections = reached == 0 ? connections : reached;
        round.batch()
                .deliveries()
                .forEach(delivery ->
                        unpushed.computeIfPresent(delivery.senderId(), (id, count) -> count == 1 ? null : count - 1));
        notifyAll();
        boolean isGapToLoad = gap != null && !isGapLoading;
        isGapLoading |= isGapToLoad;
        if (announced == 0 && (gap == null || !gap.isStartUnknown())) {
            missedSince = NEVER;
        }
        isRoundRunning = !mailbox.isEmpty() || fill != null || announced > 0;
        return new Next(isGapToLoad, isRoundRunning);
    }

    /** The members according to the last message or announcement. They get the messages found for a gap. */
    synchronized Collection<String> members() {
        return members;
    }

    /** The time of the first announced message that may be missing, in Unix seconds; {@link #NEVER} if none is. */
    synchronized long missedSince() {
        return missedSince;
    }

    /**
     * Blocks until a sender may write: in a large room, until its last message is pushed and not too much waits. So no
     * sender can write faster than the room is pushed to.
     *
     * @param deadlineNanos on the clock of this feed
     * @return false if the deadline has passed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    synchronized boolean awaitTurn(String senderId, long deadlineNanos) throws InterruptedException {
        while (mustWait(senderId)) {
            long left = deadlineNanos - nanoTime.getAsLong();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Whether {@link #awaitTurn} would block. */
    synchronized boolean mustWait(String senderId) {
        return connections >= LARGE_ROOM_CONNECTIONS
                && (unpushed.containsKey(senderId) || mailbox.size() > MAX_WAITING_FRAMES / connections);
    }

    /**
     * Retires the feed if it has nothing to do and got no work for longer than {@code idleNanos}; returns whether it
     * did.
     */
    synchronized boolean retire(long idleNanos) {
        isRetired = !isRoundRunning && !isGapLoading && nanoTime.getAsLong() - usedNanos > idleNanos;
        return isRetired;
    }

    /**
     * Whether no round is under way. Messages behind a gap that is being loaded may still wait in the order of the
     * feed.
     */
    synchronized boolean isIdle() {
        return !isRoundRunning;
    }
}
