package io.simpleim.catchup;

import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.RoomHeads;
import io.simpleim.model.Cursor;
import io.simpleim.model.Room;
import io.simpleim.push.Hub;
import io.simpleim.room.RoomDirectory;
import io.simpleim.session.SessionSweeper;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.RoomDao;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds messages in the store that other nodes may not have sent to this node, and has them pushed. A run goes through all
 * rooms of all connected users, and catches up with the rooms that have recent messages. It reads a lot, and is needed only
 * after Redis was unavailable or another node has died. Thread-safe.
 */
public final class ClusterCatchUp {
    private static final Logger log = LoggerFactory.getLogger(ClusterCatchUp.class);
    private static final int ROOMS_PER_READ = 500;
    private static final int MAX_SEEN_ROOMS = 200_000;
    /** After an outage all nodes request a catch-up, so requests within this time are combined. */
    private static final int COLLECT_MILLIS = 500;
    /** The pause after a run, as a multiple of its duration, leaves the store time for other work. */
    private static final int PAUSE_FACTOR = 2;

    /** Bounds the pause after a run that was slow because the node was suspended. */
    private static final long MAX_PAUSE_MILLIS = 10_000;

    private final Hub hub;
    private final ChatLogDao chatLog;
    private final RoomDao rooms;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final RoomFeeds feeds;
    private final SessionSweeper sweeper;
    private final ScheduledExecutorService executor;
    private final LongSupplier nanoTime;
    /** The pause before the next run. Written by the executor's thread. */
    private volatile long pauseMillis;

    // Guarded by this: the requests that the next run combines.
    /** Unix seconds. */
    private long since = Long.MAX_VALUE;

    private List<Runnable> callbacks = new ArrayList<>();

    /** @param executor has one thread, which is busy for as long as a run takes */
    public ClusterCatchUp(
            Hub hub,
            ChatLogDao chatLog,
            RoomDao rooms,
            RoomHeads heads,
            RoomDirectory directory,
            RoomFeeds feeds,
            SessionSweeper sweeper,
            ScheduledExecutorService executor,
            LongSupplier nanoTime) {
        this.hub = hub;
        this.chatLog = chatLog;
        this.rooms = rooms;
        this.heads = heads;
        this.directory = directory;
        this.feeds = feeds;
        this.sweeper = sweeper;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /**
     * Requests a catch-up with everything that was stored since a time. Does not wait for it.
     *
     * @param from Unix seconds
     * @param done called once a run has succeeded; failed runs are repeated
     */
    void request(long from, Runnable done) {
        request(from, List.of(done));
    }

    private void request(long from, List<Runnable> done) {
        boolean isFirst;
        synchronized (this) {
            isFirst = callbacks.isEmpty();
            since = Math.min(since, from);
            callbacks.addAll(done);
        }
        if (isFirst) {
            schedule();
        }
    }

    private void schedule() {
        try {
            Future<?> unused = executor.schedule(this::run, COLLECT_MILLIS + pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; clients get the missed messages when they connect again");
        }
    }

    private void run() {
        long from;
        List<Runnable> done;
        synchronized (this) {
            from = since;
            done = callbacks;
            since = Long.MAX_VALUE;
            callbacks = new ArrayList<>();
        }
        long startNanos = nanoTime.getAsLong();
        try {
            catchUpAllUsers(from);
            done.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            log.warn("The catch-up with other nodes has failed and will be tried again: {}", e.toString());
            request(from, done);
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
        pauseMillis = Math.min(tookMillis * PAUSE_FACTOR, MAX_PAUSE_MILLIS);
    }

    private void catchUpAllUsers(long from) {
        sweeper.closeEnded();
        Set<String> seen = new HashSet<>();
        List<String> pending = new ArrayList<>();
        Set<String> userIds = hub.userIds();
        if (!userIds.isEmpty()) {
            log.info(
                    "Looking through the rooms of {} users for messages that other nodes may not have sent",
                    userIds.size());
        }
        for (String userId : userIds) {
            if (seen.size() > MAX_SEEN_ROOMS) {
                // Bounds memory. Some rooms are then checked twice, which is harmless.
                seen.clear();
            }
            chatLog.forEachCursor(userId, cursor -> addRoom(cursor, seen, pending));
            while (pending.size() >= ROOMS_PER_READ) {
                List<String> chunk = pending.subList(0, ROOMS_PER_READ);
                catchUpRooms(chunk, from);
                chunk.clear();
            }
        }
        catchUpRooms(pending, from);
    }

    private static void addRoom(Cursor cursor, Set<String> seen, List<String> pending) {
        if (seen.add(cursor.roomId())) {
            pending.add(cursor.roomId());
        }
    }

    private void catchUpRooms(List<String> roomIds, long from) {
        if (roomIds.isEmpty()) {
            return;
        }
        for (Room room : heads.current(rooms.findAll(roomIds).values())) {
            if (room.isOpen() && room.head().seq() > 0 && room.head().updatedAt() >= from) {
                feeds.catchUp(room.roomId(), room.head().seq(), directory.membersOf(room), from);
            }
        }
    }
}
