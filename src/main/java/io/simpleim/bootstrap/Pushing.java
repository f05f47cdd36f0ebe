package io.simpleim.bootstrap;

import io.simpleim.catchup.OfflinePush;
import io.simpleim.catchup.SyncService;
import io.simpleim.cluster.Cluster;
import io.simpleim.cluster.ClusterMessage;
import io.simpleim.concurrent.LoggedTask;
import io.simpleim.concurrent.NamedThreads;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.conversation.Cursors;
import io.simpleim.conversation.ReadingService;
import io.simpleim.conversation.UserRooms;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.event.CloseCode;
import io.simpleim.event.MessagePush;
import io.simpleim.feed.GapLoader;
import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.push.IdleWatch;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomEventPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** What brings messages and events to who is connected, and to who comes back. */
final class Pushing implements AutoCloseable {
    private static final Duration FEEDS_KEPT = Duration.ofMinutes(10);

    private static final int LOOKS_WHILE_IDLE = 6;
    private static final Duration FLUSHED_WITHIN = Duration.ofSeconds(2);
    private static final int LOOK_AGAIN_MILLIS = 10;

    final Hub hub;
    final GapLoader late;
    final RoomFeeds feeds;
    final Dispatcher dispatch;
    final Cursors cursors;
    final OfflinePush offline;
    final SyncService sync;
    final ReadingService reading;
    final RoomEventPublisher roomEvents;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), new NamedThreads("im-delivery"));
    private final IdleWatch idleWatch;
    private final Duration lookEvery;

    Pushing(
            Hub hub,
            Stores stores,
            RoomDirectory directory,
            RoomHeads heads,
            StoredMessages messages,
            Cluster cluster,
            ServerConfig config,
            ScheduledExecutorService timer,
            Executor blocking,
            LongConsumer delivered) {
        this.hub = hub;
        late = new GapLoader(
                timer,
                blocking,
                (roomId, after, before) -> missing(directory, messages, roomId, after, before),
                cluster.coverage());
        feeds = new RoomFeeds(hub, threads, late, System::nanoTime, delivered);
        dispatch = new Dispatcher(feeds, cluster.outbox());
        cursors = new Cursors(
                stores.chatLog, stores.users, userId -> cluster.outbox().tell(new ClusterMessage.Acknowledges(userId)));
        UserRooms userRooms = new UserRooms(stores.chatLog, stores.rooms, stores.userRooms, heads, cursors);
        offline = new OfflinePush(
                userRooms, messages, heads, directory, blocking, timer, config.get(LimitsSection.OFFLINE_PER_ROOM));
        sync = new SyncService(userRooms, messages);
        reading = new ReadingService(directory, heads, cursors, dispatch);
        roomEvents = new RoomEventPublisher(directory, dispatch);
        Duration idle = Duration.ofSeconds(config.get(LimitsSection.IDLE_SECONDS));
        idleWatch = new IdleWatch(hub, idle);
        lookEvery = idle.dividedBy(LOOKS_WHILE_IDLE);
    }

    private static List<MessagePush> missing(
            RoomDirectory directory, StoredMessages messages, String roomId, long after, long before) {
        return directory
                .find(roomId)
                .map(room -> messages.range(roomId, after + 1, before - 1).stream()
                        .map(message -> MessagePush.of(message, room.type()))
                        .toList())
                .orElse(List.of());
    }

    /** Starts what runs by itself. */
    void start(ScheduledExecutorService timer) {
        cursors.start(timer);
        repeat(timer, "looking for idle connections", idleWatch::look, lookEvery);
        repeat(timer, "forgetting idle rooms", () -> feeds.retireIdle(FEEDS_KEPT), FEEDS_KEPT);
    }

    private static void repeat(ScheduledExecutorService timer, String what, Runnable task, Duration every) {
        long millis = every.toMillis();
        Future<?> unused =
                timer.scheduleWithFixedDelay(new LoggedTask(what, task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Has everybody get what is to be pushed, and then go elsewhere; returns when that is done or has taken too long. */
    void drain() {
        long deadline = System.nanoTime() + FLUSHED_WITHIN.toNanos();
        await(feeds::isIdle, deadline);
        hub.forEach(connection -> connection.finish(CloseCode.GOING_AWAY));
        await(() -> hub.size() == 0, deadline);
        hub.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    }

    private static void await(BooleanSupplier condition, long deadlineNanos) {
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadlineNanos) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A new connection's limits. */
    static Connection.Limits connectionLimits(ServerConfig config) {
        return new Connection.Limits(
                config.get(LimitsSection.OUTBOUND_QUEUE_BYTES),
                Duration.ofSeconds(config.get(LimitsSection.OUTBOUND_QUEUE_SECONDS))
                        .toNanos());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        cursors.close();
    }
}
