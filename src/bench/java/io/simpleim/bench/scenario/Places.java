package io.simpleim.bench.scenario;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Which node users are at.
 *
 * @param senders that of the n-th one who sends
 * @param listeners that of the n-th one who listens
 */
record Places(IntFunction<InetSocketAddress> senders, IntFunction<InetSocketAddress> listeners) {
    /** All at one. */
    static Places at(InetSocketAddress node) {
        return across(node, node);
    }

    /** Senders at one node, listeners at another. */
    static Places across(InetSocketAddress sending, InetSocketAddress listening) {
        return new Places(i -> sending, i -> listening);
    }

    /** The same number of senders at each node, and the listeners of those of each node at all of them. */
    static Places spread(List<InetSocketAddress> nodes) {
        int count = nodes.size();
        return new Places(i -> nodes.get(i % count), i -> nodes.get(i / count % count));
    }
}
