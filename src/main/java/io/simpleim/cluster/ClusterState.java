package io.simpleim.cluster;

import java.time.Clock;
import java.util.function.LongSupplier;

/** The state that the sending and the receiving side of this node share. Each part is thread-safe. */
record ClusterState(
        NodeMembership membership, Incarnation incarnation, OtherNodes others, StreamContinuity continuity) {
    static ClusterState create(ClusterKeys keys, Clock clock, LongSupplier nanoTime) {
        Incarnation incarnation = new Incarnation();
        OtherNodes others = new OtherNodes(clock, nanoTime);
        NodeMembership membership = new NodeMembership(keys.nodes(), incarnation, others);
        return new ClusterState(
                membership,
                incarnation,
                others,
                new StreamContinuity(clock.instant().getEpochSecond()));
    }
}
