package io.simpleim.feed;

/** What this node can be sure to have been told of messages that other nodes store. Implementations are thread-safe. */
public interface Coverage {
    /** Whether there is no other node that could have stored anything, now and lately. */
    boolean isAlone();

    /**
     * The time before which nothing can have been missed, in Unix seconds: this node has been told of all messages that
     * were stored before, or whoever is connected here has connected since and has found them in the store.
     */
    long since();

    /** Of a node that is the only one. */
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
