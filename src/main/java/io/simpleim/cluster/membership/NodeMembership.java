package io.simpleim.cluster.membership;

import io.simpleim.store.redis.NodeRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * This node's view of the cluster: its own id, and which other nodes are alive. Thread-safe; queries Redis under no lock.
 *
 * <p>A node is known under the id of its current incarnation, which {@link Heartbeat} keeps alive.
 */
public final class NodeMembership {
    private final NodeRegistry registry;
    private final Incarnation incarnation;
    private final OtherNodes others;

    public NodeMembership(NodeRegistry registry, Incarnation incarnation, OtherNodes others) {
        this.registry = registry;
        this.incarnation = incarnation;
        this.others = others;
    }

    /** Returns the id of this node's current incarnation. */
    public String id() {
        return incarnation.id();
    }

    /** Returns how many nodes are alive, including this one, as of the last look. */
    public int size() {
        return others.alive().size() + 1;
    }

    /** Whether a node, which may be this one, is alive as of the last look. */
    public boolean isAlive(String nodeId) {
        return others.alive().contains(nodeId) || (nodeId.equals(id()) && incarnation.isNamed());
    }

    /**
     * Returns the other nodes that are alive, after another look if the last one is too old.
     *
     * @throws io.simpleim.model.StoreUnavailableException if a look is needed and Redis is out of reach
     */
    public Collection<String> others() {
        if (!others.isFresh()) {
            look();
        }
        return others.alive();
    }

    /**
     * Whether no other node was alive a moment ago, so that nothing needs to be published. A node that has joined since
     * then looks in the store for what it has not received.
     */
    public boolean isAlone() {
        return others.alive().isEmpty() && others.isFresh() && incarnation.isNamed();
    }

    /**
     * Reads the registered nodes from Redis.
     *
     * @return all registered nodes except this one, and whether each is alive
     * @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach
     */
    public Map<String, Boolean> look() {
        Map<String, Boolean> nodes = new HashMap<>(registry.alive());
        if (nodes.remove(id()) == null) {
            // A Redis Cluster may lose the set of names alone; then no other node would send anything to this one.
            incarnation.lose(id());
        }
        others.update(nodes);
        return nodes;
    }
}
