package io.simpleim.cluster.membership;

import io.simpleim.store.redis.NodeRegistry;
import java.time.Clock;
import java.util.function.LongSupplier;

/** The state that the sending and the receiving side of this node share. Each part is thread-safe. */
public record ClusterState(
        NodeMembership membership, Incarnation incarnation, OtherNodes others, StreamContinuity continuity) {
    public static ClusterState create(NodeRegistry nodes, Clock clock, LongSupplier nanoTime) {
        Incarnation incarnation = new Incarnation();
        OtherNodes others = new OtherNodes(clock, nanoTime);
        NodeMembership membership = new NodeMembership(nodes, incarnation, others);
        return new ClusterState(
                membership,
                incarnation,
                others,
                new StreamContinuity(clock.instant().getEpochSecond()));
    }
}
