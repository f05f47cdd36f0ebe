package io.simpleim.catchup;

import io.simpleim.conversation.UserRooms;
import io.simpleim.event.CloseCode;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.push.Connection;
import io.simpleim.room.RoomDirectory;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the backlog to users who connect, and then lets live pushes through. Thread-safe. No thread waits for a client: the
 * next part is read once the network has taken the previous one.
 */
public final class OfflinePush {
    private static final Logger log = LoggerFactory.getLogger(OfflinePush.class);
    private static final int RETRY_MILLIS = 1000;

    private final UserRooms userRooms;
    private final StoredMessages messages;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final int maxPerRoom;
    private final LongAdder started = new LongAdder();

    /**
     * @param executor reads from the store; may reject tasks, which are then retried
     * @param timer schedules retries
     * @param maxPerRoom {@code [limits] offlinePerRoom}
     */
    public OfflinePush(
            UserRooms userRooms,
            StoredMessages messages,
            RoomHeads heads,
            RoomDirectory directory,
            Executor executor,
            ScheduledExecutorService timer,
            int maxPerRoom) {
        this.userRooms = userRooms;
        this.messages = messages;
        this.heads = heads;
        this.directory = directory;
        this.executor = executor;
        this.timer = timer;
        this.maxPerRoom = maxPerRoom;
    }

    /** Returns the number of connections that a backlog push was started for. */
    public long started() {
        return started.sum();
    }

    /**
     * Starts sending to a connection that is in the hub and holds back live pushes ({@link Connection#holdLive}): each later
     * message is then either held back or found in the store. Does not wait.
     */
    public void start(Connection connection) {
        started.increment();
        resume(new OfflineBacklog(connection, userRooms, messages, heads, directory, maxPerRoom));
    }

    private void resume(OfflineBacklog backlog) {
        try {
            executor.execute(() -> send(backlog));
        } catch (RejectedExecutionException e) {
            // Happens when thousands of clients connect at once. Without a retry the connection would never go live.
            resumeLater(backlog);
        }
    }

    private void resumeLater(OfflineBacklog backlog) {
        try {
            Future<?> unused = timer.schedule(() -> resume(backlog), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; the backlog is sent when the client connects again");
        }
    }

    private void send(OfflineBacklog backlog) {
        try {
            if (backlog.sendSome()) {
                backlog.connection().whenDrained(() -> resume(backlog));
            }
        } catch (StoreUnavailableException e) {
            log.debug("A backlog will be sent later: {}", e.getMessage());
            resumeLater(backlog);
        } catch (RuntimeException e) {
            log.error("A backlog could not be sent", e);
            backlog.connection().close(CloseCode.GOING_AWAY);
        }
    }
}
