package io.simpleim.catchup;

import io.simpleim.conversation.UserRooms;
import io.simpleim.conversation.UserRooms.UserRoom;
import io.simpleim.event.MessagePush;
import io.simpleim.message.RoomHeads;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.Message;
import io.simpleim.model.Room;
import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import io.simpleim.push.StreamKey;
import io.simpleim.room.RoomDirectory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that one connection gets before it is live: all that its user has not acknowledged, by room, rooms with the
 * oldest activity first. Not thread-safe: used by one thread at a time.
 */
final class OfflineBacklog {
    private static final int MESSAGES_PER_READ = 50;
    /** Sent at once, before waiting for the network to drain; well below the limit of a connection's queue. */
    private static final int BYTES_PER_SEND = 16 * 1024;

    private final Connection connection;
    private final UserRooms userRooms;
    private final StoredMessages messages;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final int maxPerRoom;
    private final Deque<SeqRange> ranges = new ArrayDeque<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    /** Number of the last message that was read for sending, by room id. */
    private final Map<String, Long> readUpTo = new HashMap<>();

    private boolean isLoaded;

    /** Streams with live messages that the connection could not hold back, with the first seq that it dropped. */
    private final Map<StreamKey, Long> notHeldBack = new HashMap<>();

    /**
     * A range of a room's numbers to send, both ends included.
     *
     * @param afterSeq the last number before the user's messages begin; numbers between it and {@code firstSeq} are a gap
     */
    private record SeqRange(Room room, long afterSeq, long firstSeq, long lastSeq) {}

    /** @param maxPerRoom {@code [limits] offlinePerRoom} */
    OfflineBacklog(
            Connection connection,
            UserRooms userRooms,
            StoredMessages messages,
            RoomHeads heads,
            RoomDirectory directory,
            int maxPerRoom) {
        this.connection = connection;
        this.userRooms = userRooms;
        this.messages = messages;
        this.heads = heads;
        this.directory = directory;
        this.maxPerRoom = maxPerRoom;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Sends the next part of the backlog, or lets live messages through once all is sent.
     *
     * @return true if there is more to do once the network has taken this part; false if the connection is live or closed
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach; this may be called again
     */
    boolean sendSome() {
        if (!isLoaded) {
            loadRanges();
            isLoaded = true;
        }
        while (connection.isOpen()) {
            if (frames.isEmpty()) {
                readFrames();
            }
            if (!frames.isEmpty()) {
                connection.send(takeFrames());
                return true;
            }
            if (ranges.isEmpty() && goLive()) {
                return false;
            }
        }
        return false;
    }

    private void loadRanges() {
        List<UserRoom> unacked =
                new ArrayList<>(userRooms.find(connection.userId(), room -> room.lastSeq() > room.ackSeq()));
        Collections.reverse(unacked);
        unacked.forEach(room -> addRange(room.room(), room.ackSeq() + 1, room.lastSeq()));
    }

    /** Adds a range. If it is longer than the limit, only its newest messages are sent, after a gap event for the rest. */
    private void addRange(Room room, long firstSeq, long lastSeq) {
        if (firstSeq <= lastSeq) {
            ranges.add(new SeqRange(room, firstSeq - 1, Math.max(firstSeq, lastSeq - maxPerRoom + 1), lastSeq));
        }
    }

    private void readFrames() {
        SeqRange range = ranges.peek();
        if (range == null) {
            return;
        }
        String roomId = range.room().roomId();
        long last = Math.min(range.lastSeq(), range.firstSeq() + MESSAGES_PER_READ - 1);
        List<Message> found = messages.range(roomId, range.firstSeq(), last);
        if (range.afterSeq() + 1 < range.firstSeq()) {
            frames.add(Frame.ofGap(StreamKey.ofMessages(roomId), range.afterSeq(), range.firstSeq()));
        }
        found.forEach(message -> frames.add(connection.createBacklogFrame(
                MessagePush.of(message, range.room().type()))));
        ranges.remove();
        if (last < range.lastSeq()) {
            ranges.addFirst(new SeqRange(range.room(), last, last + 1, range.lastSeq()));
        }
        readUpTo.put(roomId, last);
    }

    private List<Frame> takeFrames() {
        List<Frame> taken = new ArrayList<>();
        long bytes = 0;
        while (!frames.isEmpty() && (taken.isEmpty() || bytes + frames.element().size() <= BYTES_PER_SEND)) {
            bytes += frames.element().size();
            taken.add(frames.remove());
        }
        return taken;
    }

    /**
     * Lets live messages through unless some were dropped meanwhile; those are added to the backlog first.
     *
     * @return whether the connection is live
     */
    private boolean goLive() {
        if (notHeldBack.isEmpty()) {
            notHeldBack.putAll(connection.goLive());
            if (notHeldBack.isEmpty()) {
                return true;
            }
        }
        // One by one, so that the remaining streams stay in the map if the store fails.
        for (Map.Entry<StreamKey, Long> dropped : List.copyOf(notHeldBack.entrySet())) {
            String roomId = dropped.getKey().roomId();
            long first = Math.max(dropped.getValue(), readUpTo.getOrDefault(roomId, 0L) + 1);
            directory.find(roomId).ifPresent(room -> addRange(room, first, heads.lastSeq(room)));
            notHeldBack.remove(dropped.getKey());
        }
        return false;
    }
}
