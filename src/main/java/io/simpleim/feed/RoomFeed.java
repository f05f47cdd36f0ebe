package io.simpleim.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one numbered stream of a room, and the events between, in order. Work collects in a {@link FeedQueue}; one
 * round at a time takes it, puts it in order and fans it out. So under load each connection is written to once for many
 * messages.
 *
 * <p>Thread-safe; holds no lock of its own and calls other parts without one.
 */
final class RoomFeed {
    private final FanOut fanOut;
    private final Executor executor;
    private final GapFiller filler;
    private final LongSupplier nanoTime;
    private final FeedQueue queue;
    /** Used only by the round under way; the queue's lock makes its changes visible to the next one. */
    private final RoomOrder<Delivery> order = new RoomOrder<>();

    /** Finds the messages of a gap, and calls {@link #fill} or {@link #startAfter} once, possibly later. */
    interface GapFiller {
        void fill(RoomFeed feed, Gap gap);
    }

    /**
     * @param executor runs the rounds
     * @param nanoTime as {@link System#nanoTime()}
     */
    RoomFeed(FanOut fanOut, Executor executor, GapFiller filler, LongSupplier nanoTime) {
        this.fanOut = fanOut;
        this.executor = executor;
        this.filler = filler;
        this.nanoTime = nanoTime;
        this.queue = new FeedQueue(nanoTime);
    }

    /** Takes a delivery to push; false if the feed is retired. */
    boolean offer(Delivery delivery) {
        return actOn(queue.offer(delivery));
    }

    /** As {@link FeedQueue#announce}; false if the feed is retired. */
    boolean announce(long seq, Collection<String> members, long since) {
        return actOn(queue.announce(seq, members, since));
    }

    /** Takes the messages found for a gap, by number. Numbers before {@code beforeSeq} that are absent do not exist. */
    void fill(Map<Long, Delivery> found, long beforeSeq) {
        actOn(queue.addFill(new FeedQueue.Fill(beforeSeq - 1, found, beforeSeq)));
    }

    /** Starts the order after a number unless it has started, and takes the messages found from there on. */
    void startAfter(long afterSeq, Map<Long, Delivery> found, long beforeSeq) {
        actOn(queue.addFill(new FeedQueue.Fill(afterSeq, found, beforeSeq)));
    }

    /** Starts a round if one is due; returns false if the feed is retired. */
    private boolean actOn(FeedQueue.Verdict verdict) {
        if (verdict == FeedQueue.Verdict.START_ROUND) {
            executor.execute(this::runRound);
        }
        return verdict != FeedQueue.Verdict.RETIRED;
    }

    private void runRound() {
        FeedQueue.Round round = queue.takeRound();
        List<Delivery> inOrder = putInOrder(round);
        fanOut.push(inOrder, reached -> endRound(round, inOrder, reached));
    }

    private List<Delivery> putInOrder(FeedQueue.Round round) {
        order.announce(round.announced());
        List<Delivery> waiting = round.batch().deliveries();
        List<Delivery> inOrder = new ArrayList<>(waiting.size());
        FeedQueue.Fill fill = round.fill();
        if (fill != null) {
            order.startAfter(fill.startAfter());
            inOrder.addAll(order.fill(fill.found(), fill.beforeSeq()));
        }
        waiting.forEach(delivery -> inOrder.addAll(accept(delivery)));
        return inOrder;
    }

    private List<Delivery> accept(Delivery delivery) {
        return switch (delivery.continuity()) {
            // Events have no number: they keep their order of arrival.
            case NEXT, NEW ->
                delivery.isNumbered()
                        ? order.accept(delivery.seq(), delivery, delivery.continuity() == Delivery.Continuity.NEXT)
                        : List.of(delivery);
            // The queue announces its number too, so a search for the start finds it, and pushes it if it is recent.
            case AGAIN -> order.needsStart() ? List.of() : order.accept(delivery.seq(), delivery, false);
        };
    }

    private void endRound(FeedQueue.Round round, List<Delivery> pushed, int reached) {
        Mailbox.Batch batch = round.batch();
        if (reached == 0 && !pushed.isEmpty()) {
            // Users who connect later get these messages as backlog.
            order.reset();
        }
        if (reached > 0 && !batch.deliveries().isEmpty()) {
            fanOut.recordDelay(nanoTime.getAsLong() - batch.sinceNanos());
        }
        // A round with a fill continues a gap: the wait for late announcements is over.
        Gap gap = findGap(round.fill() != null);
        FeedQueue.Next next = queue.endRound(round, reached, gap);
        if (gap != null && next.isGapToLoad()) {
            filler.fill(this, gap);
        }
        if (next.isRoundToRun()) {
            executor.execute(this::runRound);
        }
    }

    private @Nullable Gap findGap(boolean isContinued) {
        boolean isStartUnknown = order.needsStart();
        if (!isStartUnknown && !order.hasGap()) {
            return null;
        }
        Delivery next = order.firstWaiting();
        boolean isUrgent =
                isContinued || isStartUnknown || (next != null && next.continuity() == Delivery.Continuity.NEXT);
        return new Gap(isStartUnknown, order.lastSeq(), order.firstWaitingSeq(), queue.members(), isUrgent);
    }

    /** As {@link FeedQueue#missedSince}. */
    long missedSince() {
        return queue.missedSince();
    }

    /** As {@link FeedQueue#awaitTurn}. */
    boolean awaitTurn(String senderId, long deadlineNanos) throws InterruptedException {
        return queue.awaitTurn(senderId, deadlineNanos);
    }

    /** As {@link FeedQueue#mustWait}. */
    boolean mustWait(String senderId) {
        return queue.mustWait(senderId);
    }

    /** As {@link FeedQueue#retire}. */
    boolean retire(long idleNanos) {
        return queue.retire(idleNanos);
    }

    /** As {@link FeedQueue#isIdle}. */
    boolean isIdle() {
        return queue.isIdle();
    }
}
