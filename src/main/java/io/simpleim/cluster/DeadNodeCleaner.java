package io.simpleim.cluster;

import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes from Redis what dead nodes have left: the locations of their users, and their streams. Thread-safe. */
final class DeadNodeCleaner {
    private static final Logger log = LoggerFactory.getLogger(DeadNodeCleaner.class);

    /** How long a claim to clean up holds; if its owner dies as well, another node takes over. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final NodeMembership membership;
    private final NodeRegistry registry;
    private final UserLocations locations;
    private final NodeStreams streams;
    private final Consumer<Collection<String>> moved;
    private final Executor executor;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    /**
     * @param moved called with users who were connected to a dead node, on the thread that cleans up
     * @param executor cleans up; one thread is enough
     */
    DeadNodeCleaner(
            NodeMembership membership, ClusterKeys keys, Consumer<Collection<String>> moved, Executor executor) {
        this.membership = membership;
        this.registry = keys.nodes();
        this.locations = keys.users();
        this.streams = keys.streams();
        this.moved = moved;
        this.executor = executor;
    }

    /**
     * Cleans up after a node, unless another node does. What fails is done again by the next node that still finds the dead
     * one named.
     */
    void cleanUp(String nodeId) {
        if (inProgress.add(nodeId)) {
            executor.execute(() -> {
                try {
                    if (registry.claim(nodeId, membership.id(), CLAIM)) {
                        delete(nodeId);
                    }
                } catch (StoreUnavailableException e) {
                    log.debug("A dead node will be cleaned up later: {}", e.getMessage());
                } finally {
                    inProgress.remove(nodeId);
                }
            });
        }
    }

    /** Cleans up after this node itself, to which nobody is connected any longer, on the calling thread. */
    void cleanUpNow(String nodeId) {
        try {
            delete(nodeId);
        } catch (StoreUnavailableException e) {
            log.debug("Other nodes will clean up after this one: {}", e.getMessage());
        }
    }

    private void delete(String nodeId) {
        int count = 0;
        List<String> some = locations.someUsersOf(nodeId);
        while (!some.isEmpty()) {
            locations.note(nodeId, List.of(), some);
            moved.accept(some);
            count += some.size();
            some = locations.someUsersOf(nodeId);
        }
        streams.delete(nodeId);
        // Last: as long as it is named, other nodes clean up after it.
        registry.forget(nodeId);
        log.info("Node {} is gone; {} users were connected to it", nodeId, count);
    }
}
