package io.simpleim.cluster.message;

/** The state of the node that receives a message. Thread-safe. */
public interface ReceivingNode {
    /** Whether this node has received every message so far, or has found in the store what it missed. */
    boolean isComplete();

    /**
     * Looks in the store for messages that this node may have missed. Does not block.
     *
     * @param since Unix seconds
     */
    void catchUp(long since);
}
