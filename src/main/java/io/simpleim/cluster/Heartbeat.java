package io.simpleim.cluster;

import io.simpleim.cluster.membership.ClusterState;
import io.simpleim.cluster.membership.Incarnation;
import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.cluster.membership.OtherNodes;
import io.simpleim.cluster.membership.StreamContinuity;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node alive for the others and looks for dead nodes. Only one thread at a time may {@link #beat}; queries
 * Redis under no lock.
 *
 * <p>If the key of this node has expired, because it was paused or Redis lost the key, others may have taken it for
 * dead. Then it starts a new incarnation, has its users' locations written again, and catches up with what was stored
 * since its stream was last intact. If Redis was only briefly out of reach, it does the same under its old id.
 */
final class Heartbeat {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    /** The interval of {@link #beat}. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    /**
     * How long a node counts as alive after a beat. With the two looks that another node needs, its death is noticed in
     * less than 15 s.
     */
    private static final Duration ALIVE = Duration.ofSeconds(8);

    /** One part of a Redis Cluster may lose its locations unnoticed, so all are written again after this many beats. */
    private static final int BEATS_BETWEEN_REWRITES = 150;

    private final NodeMembership membership;
    private final Incarnation incarnation;
    private final OtherNodes others;
    private final StreamContinuity continuity;
    private final CatchUpTrigger catchUps;
    private final NodeRegistry registry;
    private final NodeStreams streams;
    private final Actions actions;
    private final String info;
    private final Clock clock;

    /** The actions that a beat triggers; called on the thread that beats. */
    interface Actions {
        /**
         * Writes the locations of all connected users under the current id of this node.
         *
         * @param keepAlive to be called every few seconds while the write takes long
         * @throws StoreUnavailableException if Redis is out of reach
         */
        void writeLocations(Runnable keepAlive);

        /**
         * Writes the locations that could not be written when users connected or disconnected.
         *
         * @throws StoreUnavailableException if Redis is out of reach
         */
        void writePendingLocations();

        /** Cleans up after a dead node. Called at each beat until the node is no longer registered. */
        void cleanUp(String deadNodeId);
    }

    /** @param info a text about this node, for operators who look into Redis */
    Heartbeat(
            ClusterState state, CatchUpTrigger catchUps, ClusterKeys keys, Actions actions, String info, Clock clock) {
        this.membership = state.membership();
        this.incarnation = state.incarnation();
        this.others = state.others();
        this.continuity = state.continuity();
        this.catchUps = catchUps;
        this.registry = keys.nodes();
        this.streams = keys.streams();
        this.actions = actions;
        this.info = info;
        this.clock = clock;
    }

    /** Renews this node's key, and checks which other nodes are alive. */
    void beat() {
        try {
            long at = clock.instant().getEpochSecond();
            if (!incarnation.isNamed() || !registry.beat(incarnation.id(), info, ALIVE)) {
                startIncarnation();
            }
            Map<String, Boolean> nodes = membership.look();
            restore(at);
            findDead(nodes);
        } catch (StoreUnavailableException e) {
            incarnation.beatFailed();
            catchUps.reportLoss(e.toString());
        }
    }

    /** Renews this node's key during a long write of locations. */
    private void keepAlive() {
        boolean unused = registry.beat(incarnation.id(), info, ALIVE);
    }

    /** Starts a new incarnation under a new id. Other nodes may clean up after the old id without harm to this one. */
    private void startIncarnation() {
        String fresh = incarnation.nextId();
        if (incarnation.beats() > 0) {
            // First: once other nodes see the new id, they send to it as if it had received all earlier messages.
            catchUps.reportLoss("Other nodes may have taken this node for dead");
        }
        streams.create(fresh);
        registry.appear(fresh, info, ALIVE);
        incarnation.advance();
        log.info("This node is known to others as {}", fresh);
    }

    /** Redis is in reach: requests a catch-up as soon as all other nodes know this incarnation. */
    private void restore(long at) {
        boolean isTimeToRewrite = incarnation.beats() % BEATS_BETWEEN_REWRITES == 0;
        boolean isKnown = incarnation.isKnownAfterThisBeat() && !continuity.isUnreadable();
        if (isTimeToRewrite || (isKnown && continuity.isBroken())) {
            // Before the store is read: messages stored later are sent to the nodes where users are located.
            actions.writeLocations(this::keepAlive);
        }
        incarnation.beatSucceeded();
        catchUps.allowWarning();
        if (isKnown) {
            catchUps.restore(at, actions::writePendingLocations);
        } else {
            actions.writePendingLocations();
        }
    }

    private void findDead(Map<String, Boolean> nodes) {
        long cleanedUpAliveAt = others.takeCleanedUp();
        if (cleanedUpAliveAt != StreamContinuity.NEVER) {
            catchUps.catchUp(cleanedUpAliveAt - ALIVE.toSeconds());
        }
        nodes.forEach((nodeId, isAlive) -> {
            if (!isAlive && others.countAsDead(nodeId)) {
                long aliveAt = others.diedAfter(nodeId);
                // A node that was never seen alive had died before any user connected to this one.
                if (aliveAt > 0) {
                    log.info("Node {} is dead", nodeId);
                    // It may have died between storing a message and announcing it.
                    catchUps.catchUp(aliveAt - ALIVE.toSeconds());
                }
                actions.cleanUp(nodeId);
            }
        });
    }
}
