package io.simpleim.feed;

/**
 * The time up to which this node knows every message that other nodes have stored. Implementations are thread-safe.
 */
public interface Coverage {
    /** Whether no other node can have stored a message, now or recently. */
    boolean isAlone();

    /**
     * The time before which nothing is missing, in Unix seconds. Messages that were stored earlier were
     * announced to this node, or the users connected here opened their connections later and got them as backlog.
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
