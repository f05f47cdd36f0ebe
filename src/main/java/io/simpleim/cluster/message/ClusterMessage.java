package io.simpleim.cluster.message;

import java.util.List;

/** A message from one node to others: its fields, addressees, format and effect. Implementations are immutable. */
public interface ClusterMessage {
    /** Returns the entry under which {@link ClusterMessageCodec} reads this kind. */
    ClusterMessageKind kind();

    /** Returns the users whose nodes get this message; empty if all nodes get it. */
    List<String> userIds();

    /** Writes this message as its kind reads it. */
    void write(MessageWriter out);

    /**
     * Hands this message to the receiving node.
     *
     * @throws io.simpleim.model.StoreUnavailableException if a store is out of reach; the node then catches up later
     */
    void deliver(ClusterMessageHandler handler, ReceivingNode node);
}
