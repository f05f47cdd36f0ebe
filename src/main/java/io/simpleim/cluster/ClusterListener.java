package io.simpleim.cluster;

import java.util.Collection;

/** What the cluster asks of the node's services. Called on threads of the cluster; may query the stores. */
public interface ClusterListener {
    /** Users have connected or disconnected, on this node or on a node that has died. */
    void usersMoved(Collection<String> userIds);

    /** From now on this node receives every message of other nodes, or may miss some. */
    void receptionChanged(boolean isComplete);

    /**
     * Looks in the store for messages that this node may have missed. Must not block.
     *
     * @param since Unix seconds
     * @param done to be run when everything has been found
     */
    void catchUp(long since, Runnable done);
}
