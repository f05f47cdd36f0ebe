package io.simpleim.cluster.outbox;

import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.store.redis.UserLocations;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which nodes get a message: those where its users are connected, or all. Thread-safe. */
final class MessageRouter {
    private final UserLocations locations;

    MessageRouter(UserLocations locations) {
        this.locations = locations;
    }

    /**
     * Locates the users of a batch of messages with one query.
     *
     * @param others the other nodes that are alive
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach
     */
    Routes routes(Collection<ClusterMessage> batch, Collection<String> others) {
        Set<String> userIds = new HashSet<>();
        batch.forEach(message -> userIds.addAll(message.userIds()));
        return new Routes(others, userIds.isEmpty() ? Map.of() : locations.nodesOf(userIds));
    }

    /**
     * Deletes locations on nodes that have no stream and are not alive: a node may have died while it wrote them.
     *
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach
     */
    void forget(Set<String> withoutStream, Routes routes) {
        for (String nodeId : withoutStream) {
            if (!routes.others().contains(nodeId)) {
                locations.note(nodeId, List.of(), routes.usersOn(nodeId));
            }
        }
    }

    /**
     * The nodes of one batch.
     *
     * @param nodesByUser includes this node, and nodes that may be dead
     */
    record Routes(Collection<String> others, Map<String, Set<String>> nodesByUser) {
        /** Returns the nodes that a message concerns; this one may be among them. */
        Collection<String> nodesOf(ClusterMessage message) {
            if (message.userIds().isEmpty()) {
                return others;
            }
            Set<String> nodes = new HashSet<>();
            message.userIds().forEach(userId -> nodes.addAll(nodesByUser.getOrDefault(userId, Set.of())));
            return nodes;
        }

        private Set<String> usersOn(String nodeId) {
            Set<String> userIds = new HashSet<>();
            nodesByUser.forEach((userId, nodes) -> {
                if (nodes.contains(nodeId)) {
                    userIds.add(userId);
                }
            });
            return userIds;
        }
    }
}
