package io.simpleim.cluster;

import java.util.Collection;

/** What the cluster asks of the node's services. Called on threads of the cluster; may query the stores. */
public interface ClusterListener {
    /** Users have connected or disconnected, on this node or on a node that has died. */
    void usersMoved(Collection<String> userIds);

    /**
     * Reception of messages from other nodes has changed.
     *
     * @param isComplete true if this node now receives every message; false if it may miss some
     */
    void receptionChanged(boolean isComplete);

    /**
     * Looks in the store for messages that this node may have missed. Must not block.
     *
     * @param since Unix seconds
     * @param done to be run once when everything has been found, on any thread
     */
    void catchUp(long since, Runnable done);
}
