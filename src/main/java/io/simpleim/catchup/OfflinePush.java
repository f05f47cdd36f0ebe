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
 * Sends to a user who connects what was missed, and then lets live pushes through. Thread-safe. No thread waits for a
 * client: what is sent next is looked up when the network has taken what was sent before.
 */
public final class OfflinePush {
    private static final Logger log = LoggerFactory.getLogger(OfflinePush.class);
    private static final int TRY_AGAIN_MILLIS = 1000;

    private final UserRooms userRooms;
    private final StoredMessages messages;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final int mostPerRoom;
    private final LongAdder begun = new LongAdder();

    /**
     * @param executor asks the store
     * @param mostPerRoom {@code [limits] offlinePerRoom}
     */
    public OfflinePush(
            UserRooms userRooms,
            StoredMessages messages,
            RoomHeads heads,
            RoomDirectory directory,
            Executor executor,
            ScheduledExecutorService timer,
            int mostPerRoom) {
        this.userRooms = userRooms;
        this.messages = messages;
        this.heads = heads;
        this.directory = directory;
        this.executor = executor;
        this.timer = timer;
        this.mostPerRoom = mostPerRoom;
    }

    /** With how many connections it has begun so far. */
    public long count() {
        return begun.sum();
    }

    /**
     * Begins with a connection whose live pushes are held back ({@link Connection#holdLive}) and that the hub knows: what
     * comes from then on is either held back or found in the store.
     */
    public void start(Connection connection) {
        begun.increment();
        goOn(new OfflineBacklog(connection, userRooms, messages, heads, directory, mostPerRoom));
    }

    private void goOn(OfflineBacklog missed) {
        try {
            executor.execute(() -> send(missed));
        } catch (RejectedExecutionException e) {
            // Mostly that thousands connect at once. Given up, the connection would stay open and never be live.
            goOnLater(missed);
        }
    }

    private void goOnLater(OfflineBacklog missed) {
        try {
            Future<?> unused = timer.schedule(() -> goOn(missed), TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server is stopping; what was missed is sent at the next connect");
        }
    }

    private void send(OfflineBacklog missed) {
        try {
            if (missed.sendSome()) {
                missed.connection().whenDrained(() -> goOn(missed));
            }
        } catch (StoreUnavailableException e) {
            log.debug("What a user has missed is sent later: {}", e.getMessage());
            goOnLater(missed);
        } catch (RuntimeException e) {
            log.error("What a user has missed could not be sent", e);
            missed.connection().close(CloseCode.GOING_AWAY);
        }
    }
}
