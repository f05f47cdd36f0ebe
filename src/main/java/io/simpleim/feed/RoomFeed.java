package io.simpleim.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one numbered stream of a room, and the events between, in order. Work collects in a {@link FeedBacklog}; one round
 * at a time takes it, puts it in order and fans it out. So under load each connection is written to once for many messages.
 *
 * <p>Thread-safe; holds no lock of its own and calls others without one.
 */
final class RoomFeed {
    private final FanOut fanOut;
    private final Executor executor;
    private final GapFiller filler;
    private final LongSupplier nanoTime;
    private final FeedBacklog backlog;
    /** Used only by the round under way; the lock of the backlog hands it to the next one. */
    private final RoomOrder<Delivery> order = new RoomOrder<>();

    /** Finds the messages of a gap, and calls {@link #fill} or {@link #startAfter} once, maybe later. */
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
        this.backlog = new FeedBacklog(nanoTime);
    }

    /** Takes something to push; false if the feed is retired. */
    boolean offer(Delivery delivery) {
        return follow(backlog.offer(delivery));
    }

    /** As {@link FeedBacklog#announce}; false if the feed is retired. */
    boolean announce(long seq, Collection<String> members, long since) {
        return follow(backlog.announce(seq, members, since));
    }

    /** Takes what was found of a gap, by number; the numbers that are absent do not exist. */
    void fill(Map<Long, Delivery> found, long beforeSeq) {
        follow(backlog.addFill(new FeedBacklog.Fill(beforeSeq - 1, found, beforeSeq)));
    }

    /** Starts the order after a number unless it has started, and takes what was found from there on. */
    void startAfter(long afterSeq, Map<Long, Delivery> found, long beforeSeq) {
        follow(backlog.addFill(new FeedBacklog.Fill(afterSeq, found, beforeSeq)));
    }

    /** Returns false if the feed is retired. */
    private boolean follow(FeedBacklog.Verdict verdict) {
        if (verdict == FeedBacklog.Verdict.START_ROUND) {
            executor.execute(this::runRound);
        }
        return verdict != FeedBacklog.Verdict.RETIRED;
    }

    private void runRound() {
        FeedBacklog.Round round = backlog.takeRound();
        List<Delivery> inOrder = order(round);
        fanOut.push(inOrder, reached -> endRound(round, inOrder, reached));
    }

    private List<Delivery> order(FeedBacklog.Round round) {
        order.announce(round.announced());
        List<Delivery> waiting = round.batch().deliveries();
        List<Delivery> inOrder = new ArrayList<>(waiting.size());
        FeedBacklog.Fill fill = round.fill();
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
            // It was announced too. The search for the start finds it, and pushes it if it is recent.
            case AGAIN -> order.needsStart() ? List.of() : order.accept(delivery.seq(), delivery, false);
        };
    }

    private void endRound(FeedBacklog.Round round, List<Delivery> pushed, int reached) {
        Mailbox.Batch batch = round.batch();
        if (reached == 0 && !pushed.isEmpty()) {
            // A user who connects later finds all of it in the store.
            order.reset();
        }
        if (reached > 0 && !batch.deliveries().isEmpty()) {
            fanOut.recordDelay(nanoTime.getAsLong() - batch.sinceNanos());
        }
        // A round with a fill continues a gap: its announcements have been waited for already.
        Gap gap = findGap(round.fill() != null);
        FeedBacklog.Next next = backlog.endRound(round, reached, gap);
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
        return new Gap(isStartUnknown, order.lastSeq(), order.firstWaitingSeq(), backlog.members(), isUrgent);
    }

    /** As {@link FeedBacklog#missedSince}. */
    long missedSince() {
        return backlog.missedSince();
    }

    /** As {@link FeedBacklog#awaitTurn}. */
    boolean awaitTurn(String senderId, long deadlineNanos) throws InterruptedException {
        return backlog.awaitTurn(senderId, deadlineNanos);
    }

    /** As {@link FeedBacklog#mustWait}. */
    boolean mustWait(String senderId) {
        return backlog.mustWait(senderId);
    }

    /** As {@link FeedBacklog#retire}. */
    boolean retire(long idleNanos) {
        return backlog.retire(idleNanos);
    }

    /** As {@link FeedBacklog#isIdle}. */
    boolean isIdle() {
        return backlog.isIdle();
    }
}
