package io.simpleim.bootstrap;

import io.simpleim.cluster.Cluster;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.push.Hub;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** This node among the others, on threads of its own that wait for nothing else. */
final class ClusterModule implements AutoCloseable {
    private final ExecutorService noting = Executors.newSingleThreadExecutor(new NamedThreads("im-presence"));
    private final ExecutorService clearing = Executors.newSingleThreadExecutor(new NamedThreads("im-clear-up"));
    private final ExecutorService news = Executors.newFixedThreadPool(2, new NamedThreads("im-news"));
    private final ScheduledExecutorService beat =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("im-beat"));
    final Cluster cluster;

    ClusterModule(Hub hub, Stores stores, Clock clock) {
        Cluster.Keys keys = new Cluster.Keys(stores.nodes, stores.userLocations, stores.nodeStreams);
        String info = "SimpleIM " + Version.current() + ", started " + clock.instant();
        cluster = new Cluster(hub, keys, info, noting, clearing, clock, System::nanoTime);
    }

    void start(Cluster.Listener listener) {
        cluster.start(listener, news, beat);
    }

    @Override
    public void close() {
        // The beat first: it would start a new incarnation.
        NodeThreads.stop(beat);
        NodeThreads.stop(noting);
        NodeThreads.stop(clearing);
        cluster.close();
        NodeThreads.stop(news);
    }
}
