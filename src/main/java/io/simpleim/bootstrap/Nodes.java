package io.simpleim.bootstrap;

import io.simpleim.cluster.Cluster;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.push.Hub;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** This node among the others, and the threads that it needs for that: none of them waits for anything else. */
final class Nodes implements AutoCloseable {
    private final ExecutorService noting = Executors.newSingleThreadExecutor(new NamedThreads("im-presence"));
    private final ExecutorService clearing = Executors.newSingleThreadExecutor(new NamedThreads("im-clear-up"));
    private final ExecutorService news = Executors.newFixedThreadPool(2, new NamedThreads("im-news"));
    private final ScheduledExecutorService beat =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("im-beat"));
    private final Cluster cluster;

    Nodes(Hub hub, Stores stores, Clock clock) {
        Cluster.Keys keys = new Cluster.Keys(stores.nodes, stores.whereabouts, stores.nodeStreams);
        String info = "SimpleIM " + Version.current() + ", started " + clock.instant();
        cluster = new Cluster(hub, keys, info, noting, clearing, clock, System::nanoTime);
    }

    Cluster cluster() {
        return cluster;
    }

    void start(Cluster.Listener listener) {
        cluster.start(listener, news, beat);
    }

    @Override
    public void close() {
        // It would begin anew.
        Services.stop(beat);
        Services.stop(noting);
        Services.stop(clearing);
        cluster.close();
        Services.stop(news);
    }
}
