package io.simpleim.cluster;

import io.simpleim.cluster.membership.StreamContinuity;
import io.simpleim.cluster.message.ReceivingNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports when this node may have missed messages, and requests the catch-up that makes up for it. Thread-safe; calls the
 * listener under no lock.
 */
final class CatchUpTrigger implements ReceivingNode {
    private static final Logger log = LoggerFactory.getLogger(CatchUpTrigger.class);

    /** Clocks of nodes may differ, times are whole seconds, and a message takes a moment to arrive. */
    private static final int MARGIN_SECONDS = 10;

    private final StreamContinuity continuity;
    private final ClusterListener listener;

    /** Guarded by this. */
    private boolean hasWarned;

    CatchUpTrigger(StreamContinuity continuity, ClusterListener listener) {
        this.continuity = continuity;
        this.listener = listener;
    }

    @Override
    public boolean isComplete() {
        return continuity.isComplete();
    }

    @Override
    public void catchUp(long since) {
        continuity.startCatchUp(since);
        request(since);
    }

    private void request(long since) {
        listener.catchUp(since - MARGIN_SECONDS, () -> continuity.finishCatchUp(since));
    }

    /** This node has read everything that was published by a time, in Unix seconds. */
    void readUpTo(long at) {
        continuity.readUpTo(at);
    }

    /** The stream of this node cannot be read; nothing is intact until it can. */
    void reportUnreadable(String why) {
        continuity.failToRead();
        reportLoss(why);
    }

    /** This node may have missed messages since its stream was intact. Warns once until {@link #allowWarning}. */
    void reportLoss(String why) {
        boolean wasIntact = continuity.breakOff();
        boolean warns;
        synchronized (this) {
            warns = !hasWarned;
            hasWarned = true;
        }
        if (warns) {
            log.warn("Messages of other nodes arrive late until this is resolved: {}", why);
        }
        if (wasIntact) {
            listener.receptionChanged(false);
        }
    }

    /** A beat has succeeded: the next loss is a new one, and worth a warning. */
    synchronized void allowWarning() {
        hasWarned = false;
    }

    /**
     * The stream is intact as of a time, in Unix seconds, and a catch-up is requested for what was missed before.
     *
     * @param beforeRequest run between the two
     */
    void restore(long at, Runnable beforeRequest) {
        long since = continuity.restore(at);
        try {
            beforeRequest.run();
        } finally {
            if (since != StreamContinuity.NEVER) {
                listener.receptionChanged(true);
                request(since);
            }
        }
    }
}
