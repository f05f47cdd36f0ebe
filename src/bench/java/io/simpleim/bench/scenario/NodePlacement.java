package io.simpleim.bench.scenario;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Assigns users to nodes.
 *
 * @param senders node of the n-th sender
 * @param listeners node of the n-th receiver
 */
record NodePlacement(IntFunction<InetSocketAddress> senders, IntFunction<InetSocketAddress> listeners) {
    /** All users at one node. */
    static NodePlacement at(InetSocketAddress node) {
        return across(node, node);
    }

    /** Senders at one node, receivers at another. */
    static NodePlacement across(InetSocketAddress sending, InetSocketAddress listening) {
        return new NodePlacement(i -> sending, i -> listening);
    }

    /** Senders spread evenly over the nodes, and the receivers of each node's senders spread evenly too. */
    static NodePlacement spread(List<InetSocketAddress> nodes) {
        int count = nodes.size();
        return new NodePlacement(i -> nodes.get(i % count), i -> nodes.get(i / count % count));
    }
}
