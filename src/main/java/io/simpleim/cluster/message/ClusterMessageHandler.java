package io.simpleim.cluster.message;

/** Acts on messages of other nodes. Called by one thread, in the order of each sending node; may query the stores. */
public interface ClusterMessageHandler {
    /** Pushes a message or an event to the connections of this node. */
    void push(Push push);

    /** Closes the connections of a session that has ended on another node. */
    void sessionEnded(String sessionId);

    /** A client of the user has acknowledged a message for the first time, on another node. */
    void userAcknowledges(String userId);
}
