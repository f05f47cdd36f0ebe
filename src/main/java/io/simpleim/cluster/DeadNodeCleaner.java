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

    /** How long a claim to clean up is valid. If its owner dies too, another node takes over. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final NodeMembership membership;
    private final NodeRegistry registry;
    private final UserLocations locations;
    private final NodeStreams streams;
    private final Consumer<Collection<String>> onUsersMoved;
    private final Executor executor;
    /** The ids of the nodes that this node is cleaning up after. */
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    /**
     * @param onUsersMoved called with users who were connected to a dead node, on the thread that cleans up
     * @param executor cleans up; one thread is enough
     */
    DeadNodeCleaner(
            NodeMembership membership, ClusterKeys keys, Consumer<Collection<String>> onUsersMoved, Executor executor) {
        this.membership = membership;
        this.registry = keys.nodes();
        this.locations = keys.users();
        this.streams = keys.streams();
        this.onUsersMoved = onUsersMoved;
        this.executor = executor;
    }

    /**
     * Cleans up after a node, unless another node does. If that fails, the dead node stays registered, and the next
     * node that sees it tries again.
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

    /** Cleans up after this node itself, on the calling thread, once it has no connections. */
    void cleanUpNow(String nodeId) {
        try {
            delete(nodeId);
        } catch (StoreUnavailableException e) {
            log.debug("Other nodes will clean up after this one: {}", e.getMessage());
        }
    }

    private void delete(String nodeId) {
        int count = 0;
        List<String> users = locations.someUsersOf(nodeId);
        while (!users.isEmpty()) {
            locations.note(nodeId, List.of(), users);
            onUsersMoved.accept(users);
            count += users.size();
            users = locations.someUsersOf(nodeId);
        }
        streams.delete(nodeId);
        // Last: as long as the node is registered, others try to clean up after it.
        registry.forget(nodeId);
        log.info("Node {} is gone; {} users were connected to it", nodeId, count);
    }
}
