package io.simpleim.bootstrap;

import io.simpleim.catchup.StoredGapSource;
import io.simpleim.cluster.outbox.Outbox;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.event.CloseCode;
import io.simpleim.feed.Coverage;
import io.simpleim.feed.GapLoader;
import io.simpleim.feed.GapSource;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.push.Hub;
import io.simpleim.push.IdleWatch;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The path of a stored message to the connections of this node: dispatcher, feeds and hub. */
final class PushModule {
    private static final Duration FEED_IDLE_TIME = Duration.ofMinutes(10);
    private static final int IDLE_CHECKS_PER_IDLE_TIME = 6;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);
    private static final int POLL_MILLIS = 10;

    final Hub hub;
    final GapLoader gaps;
    final RoomFeeds feeds;
    final Dispatcher dispatcher;

    /**
     * @param delivery writes to connections
     * @param blocking reads gaps from the store
     * @param delays receives the nanoseconds from the first delivery of a round until it has reached all connections
     */
    PushModule(
            Hub hub,
            GapSource gapSource,
            Coverage coverage,
            Outbox outbox,
            Executor delivery,
            Executor blocking,
            ScheduledExecutorService timer,
            LongConsumer delays) {
        this.hub = hub;
        gaps = new GapLoader(timer, blocking, gapSource, coverage);
        feeds = new RoomFeeds(hub, delivery, gaps, System::nanoTime, delays);
        dispatcher = new Dispatcher(feeds, outbox);
    }

    static GapSource gapSource(Stores stores, MessageModule message) {
        return new StoredGapSource(stores.rooms, message.stored);
    }

    /** @param idle {@code [limits] idleSeconds} */
    void schedule(PeriodicRunner runner, Duration idle) {
        IdleWatch idleWatch = new IdleWatch(hub, idle);
        runner.every(idle.dividedBy(IDLE_CHECKS_PER_IDLE_TIME), "looking for idle connections", idleWatch::check);
        runner.every(FEED_IDLE_TIME, "retiring idle room feeds", () -> feeds.retireIdle(FEED_IDLE_TIME));
    }

    /** Pushes pending messages, then closes all connections with 1001. Blocks until that is done, for up to 2 seconds. */
    void drain() {
        long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        await(feeds::isIdle, deadline);
        hub.forEach(connection -> connection.finish(CloseCode.GOING_AWAY));
        await(() -> hub.size() == 0, deadline);
        hub.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    }

    private static void await(BooleanSupplier condition, long deadlineNanos) {
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadlineNanos) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
