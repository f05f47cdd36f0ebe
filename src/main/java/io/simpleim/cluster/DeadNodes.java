package io.simpleim.cluster;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears up after nodes that are dead: their users are connected to them no more. Thread-safe. */
final class DeadNodes {
    private static final Logger log = LoggerFactory.getLogger(DeadNodes.class);

    /** Should the one who does it die as well, another one does it then. */
    private static final Duration CLAIMED = Duration.ofSeconds(30);

    private final NodeMembership membership;
    private final NodeRegistry registry;
    private final UserLocations whereabouts;
    private final NodeStreams streams;
    private final Presence.Listener listener;
    private final Executor executor;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** @param listener told of users who were connected to a node that is dead */
    DeadNodes(
            NodeMembership membership,
            NodeRegistry registry,
            UserLocations whereabouts,
            NodeStreams streams,
            Presence.Listener listener,
            Executor executor) {
        this.membership = membership;
        this.registry = registry;
        this.whereabouts = whereabouts;
        this.streams = streams;
        this.listener = listener;
        this.executor = executor;
    }

    /** Clears up after a node, unless another node does; what fails is done again by whoever finds the node named still. */
    void clearUp(String nodeId) {
        if (underWay.add(nodeId)) {
            executor.execute(() -> {
                try {
                    if (registry.claim(nodeId, membership.id(), CLAIMED)) {
                        clear(nodeId);
                    }
                } catch (StoreUnavailableException e) {
                    log.debug("A dead node is cleared up after later: {}", e.getMessage());
                } finally {
                    underWay.remove(nodeId);
                }
            });
        }
    }

    /** Clears up after this node itself, which nobody is connected to any more. */
    void clearUpNow(String nodeId) {
        try {
            clear(nodeId);
        } catch (StoreUnavailableException e) {
            log.debug("Other nodes will clear up after this one: {}", e.getMessage());
        }
    }

    private void clear(String nodeId) {
        int count = 0;
        List<String> some = whereabouts.someUsersOf(nodeId);
        while (!some.isEmpty()) {
            whereabouts.note(nodeId, List.of(), some);
            listener.moved(some);
            count += some.size();
            some = whereabouts.someUsersOf(nodeId);
        }
        streams.delete(nodeId);
        // Last: while it is named, it is cleared up after.
        registry.forget(nodeId);
        log.info("Node {} is gone, {} users are not connected to it any more", nodeId, count);
    }
}
