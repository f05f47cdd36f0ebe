package io.simpleim.feed;

/**
 * Says up to when this node has learned of every message that another node stored. Implementations are thread-safe.
 */
public interface Coverage {
    /** Whether no other node can have stored a message, now or in the last seconds. */
    boolean isAlone();

    /**
     * The time before which nothing is missing, in Unix seconds. Messages that were stored before were announced to this
     * node, or the users connected here opened their connections later and were sent them as backlog.
     */
    long since();

    /** The coverage of a single node. */
    Coverage ALONE = new Coverage() {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public long since() {
            return Long.MAX_VALUE;
        }
    };
}
