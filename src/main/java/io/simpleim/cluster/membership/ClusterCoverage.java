package io.simpleim.cluster.membership;

import io.simpleim.feed.Coverage;
import java.time.Clock;

/** How far this node can be sure to have received what other nodes stored. Thread-safe. */
public final class ClusterCoverage implements Coverage {
    /**
     * Within this time, a node that cannot announce the messages it stores has requested a catch-up or counts as dead.
     */
    private static final int MAX_DELAY_SECONDS = 60;

    private final StreamContinuity continuity;
    private final OtherNodes others;
    private final Clock clock;

    public ClusterCoverage(StreamContinuity continuity, OtherNodes others, Clock clock) {
        this.continuity = continuity;
        this.others = others;
        this.clock = clock;
    }

    @Override
    public boolean isAlone() {
        return continuity.isComplete() && others.aloneSeconds() > MAX_DELAY_SECONDS;
    }

    @Override
    public long since() {
        return continuity.completeUntil(clock.instant().getEpochSecond()) - MAX_DELAY_SECONDS;
    }
}
