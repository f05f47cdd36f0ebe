package io.simpleim.bootstrap;

import io.simpleim.cluster.ClusterKeys;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.concurrent.NamedThreads;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sending side of this node in the cluster, on a thread of its own. */
final class ClusterModule implements AutoCloseable {
    private final ExecutorService publishing =
            Executors.newSingleThreadExecutor(new NamedThreads("im-cluster-publish"));
    final ClusterKeys keys;
    final ClusterPublisher publisher;

    ClusterModule(Stores stores, Clock clock) {
        keys = new ClusterKeys(stores.nodes, stores.userLocations, stores.nodeStreams);
        publisher = new ClusterPublisher(keys, clock, System::nanoTime);
    }

    void start() {
        publisher.start(publishing);
    }

    @Override
    public void close() {
        publisher.close();
        NodeThreads.stop(publishing);
    }
}
