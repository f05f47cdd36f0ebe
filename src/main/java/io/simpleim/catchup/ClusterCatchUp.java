package io.simpleim.catchup;

import io.simpleim.feed.RoomFeeds;
import io.simpleim.message.RoomHeads;
import io.simpleim.model.Cursor;
import io.simpleim.model.Room;
import io.simpleim.model.RoomType;
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
 * Finds in the store what this node was not told, and has it pushed: goes through all rooms of all users who are connected
 * here, and has those caught up in which something was said lately. That is a lot of reading, for when it is needed: Redis
 * was away, or another node has died. Thread-safe.
 */
public final class ClusterCatchUp {
    private static final Logger log = LoggerFactory.getLogger(ClusterCatchUp.class);
    private static final int ROOMS_AT_ONCE = 500;
    private static final int MOST_REMEMBERED = 200_000;
    private static final int GATHER_MILLIS = 500;
    /** Between two times of looking there is so many times as much rest. */
    private static final int PAUSE = 2;

    /** A node that was held up in the middle of it has been slow only once. */
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Hub hub;
    private final ChatLogDao chatLog;
    private final RoomDao rooms;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final RoomFeeds feeds;
    private final SessionSweeper sweeper;
    private final ScheduledExecutorService executor;
    private final LongSupplier nanoTime;
    /** How long to rest before looking again. */
    private volatile long pauseMillis;

    // Guarded by this: all that was asked for and has not begun is one looking.
    private long since = Long.MAX_VALUE;
    private List<Runnable> waiting = new ArrayList<>();

    /** @param executor one thread, that this keeps busy for as long as it takes */
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
     * Begins to look for what was stored from a time on.
     *
     * @param since Unix seconds
     * @param done called when all has been found, however often that had to be tried
     */
    void start(long since, Runnable done) {
        add(since, List.of(done));
    }

    /** Whoever asks first waits a moment for others: after an outage all nodes do. */
    private void add(long from, List<Runnable> dones) {
        boolean isFirst;
        synchronized (this) {
            isFirst = waiting.isEmpty();
            since = Math.min(since, from);
            waiting.addAll(dones);
        }
        if (isFirst) {
            try {
                Future<?> unused = executor.schedule(this::run, GATHER_MILLIS + pauseMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("The server is stopping; clients find the rest at their next connect");
            }
        }
    }

    private void run() {
        long from;
        List<Runnable> dones;
        synchronized (this) {
            from = since;
            dones = waiting;
            since = Long.MAX_VALUE;
            waiting = new ArrayList<>();
        }
        long began = nanoTime.getAsLong();
        try {
            look(from);
            dones.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            log.warn("What other nodes have stored is looked for again: {}", e.toString());
            add(from, dones);
        }
        long took = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - began);
        // However often that is asked for, the store has more to do than this.
        pauseMillis = Math.min(took * PAUSE, LONGEST_PAUSE_MILLIS);
    }

    private void look(long from) {
        sweeper.closeEnded();
        Set<String> seen = new HashSet<>();
        List<String> toLook = new ArrayList<>();
        Set<String> userIds = hub.userIds();
        if (!userIds.isEmpty()) {
            log.info("Looking through the rooms of {} users for what other nodes may not have told", userIds.size());
        }
        for (String userId : userIds) {
            if (seen.size() > MOST_REMEMBERED) {
                // Some are looked at twice then, which changes nothing.
                seen.clear();
            }
            chatLog.forEachCursor(userId, RoomType.SINGLE, cursor -> add(cursor, seen, toLook));
            chatLog.forEachCursor(userId, RoomType.GROUP, cursor -> add(cursor, seen, toLook));
            while (toLook.size() >= ROOMS_AT_ONCE) {
                List<String> some = toLook.subList(0, ROOMS_AT_ONCE);
                catchUp(some, from);
                some.clear();
            }
        }
        catchUp(toLook, from);
    }

    private static void add(Cursor cursor, Set<String> seen, List<String> toLook) {
        if (seen.add(cursor.roomId())) {
            toLook.add(cursor.roomId());
        }
    }

    private void catchUp(List<String> roomIds, long from) {
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
