package io.simpleim.cluster;

import io.simpleim.cluster.membership.StreamContinuity;
import io.simpleim.cluster.message.ReceivingNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports when this node may have missed messages, and requests the catch-up that finds them. Thread-safe; calls the
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

    /** Records that this node has read everything that was published by a time, in Unix seconds. */
    void readUpTo(long at) {
        continuity.readUpTo(at);
    }

    /** Reports that this node's stream cannot be read. It counts as broken until it can. */
    void reportUnreadable(String cause) {
        continuity.failToRead();
        reportLoss(cause);
    }

    /**
     * Reports that this node may have missed messages since its stream was last intact. Warns once until {@link
     * #allowWarning} is called.
     */
    void reportLoss(String cause) {
        boolean wasIntact = continuity.breakOff();
        boolean warns;
        synchronized (this) {
            warns = !hasWarned;
            hasWarned = true;
        }
        if (warns) {
            log.warn("Messages of other nodes arrive late until this is resolved: {}", cause);
        }
        if (wasIntact) {
            listener.receptionChanged(false);
        }
    }

    /** Allows the next warning, since a beat has succeeded and a later loss is a new one. */
    synchronized void allowWarning() {
        hasWarned = false;
    }

    /**
     * Marks the stream as intact from a time on, in Unix seconds, and requests a catch-up for what was missed before.
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
