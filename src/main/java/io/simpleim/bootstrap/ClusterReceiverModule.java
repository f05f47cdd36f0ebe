package io.simpleim.bootstrap;

import io.simpleim.catchup.ClusterEventHandler;
import io.simpleim.cluster.ClusterReceiver;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.push.Hub;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The receiving side of this node in the cluster, on its own threads, which do no other work. */
final class ClusterReceiverModule implements AutoCloseable {
    private final ExecutorService locations = Executors.newSingleThreadExecutor(new NamedThreads("im-presence"));
    private final ExecutorService cleaning = Executors.newSingleThreadExecutor(new NamedThreads("im-clean-up"));
    private final ExecutorService reading = Executors.newSingleThreadExecutor(new NamedThreads("im-cluster-read"));
    private final ScheduledExecutorService beat =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("im-heartbeat"));
    final ClusterReceiver receiver;

    ClusterReceiverModule(ClusterModule cluster, Hub hub, ClusterEventHandler events, Clock clock) {
        String info = "SimpleIM " + Version.current() + ", started " + clock.instant();
        ClusterReceiver.Workers workers = new ClusterReceiver.Workers(locations, cleaning);
        receiver = new ClusterReceiver(cluster.publisher, cluster.keys, hub, info, events, events, workers, clock);
    }

    void start() {
        receiver.start(reading, beat);
    }

    @Override
    public void close() {
        // The heartbeat stops first, because a later beat would begin a new incarnation.
        NodeThreads.stop(beat);
        NodeThreads.stop(locations);
        NodeThreads.stop(cleaning);
        receiver.close();
        NodeThreads.stop(reading);
    }
}
