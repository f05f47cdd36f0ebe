package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;

/** What follows from a beat; called on the thread that beats. */
interface NodeEvents {
    /** What was stored from a time on, in Unix seconds, is to be looked for; {@code done} is called when it has been. */
    void lookBack(long since, Runnable done);

    /**
     * All users who are connected are to be noted under the id that the node has now.
     *
     * @param keepAlive to be called now and then while that takes long
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void noteAll(Runnable keepAlive);

    /**
     * Users who have come or gone, and could not be noted then, are to be noted now.
     *
     * @throws StoreUnavailableException if Redis is out of reach
     */
    void noteRest();

    /** A node is dead; said again until nobody names it any more. */
    void dead(String nodeId);

    /** This node hears from now on of everything, or maybe not any more. */
    void hearing(boolean isHearing);
}
