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
 * What one connection still has to be sent before it is live: the rooms that have more than has reached their user, those
 * with the oldest activity first. Used by one thread at a time.
 */
final class OfflineBacklog {
    private static final int READ_AT_ONCE = 50;
    /** Sent before looking whether the network takes it; well under what may wait for a connection. */
    private static final int SENT_AT_ONCE_BYTES = 16 * 1024;

    private final Connection connection;
    private final UserRooms userRooms;
    private final StoredMessages messages;
    private final RoomHeads heads;
    private final RoomDirectory directory;
    private final int mostPerRoom;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Map<String, Long> sentUpTo = new HashMap<>();
    private boolean looked;

    /** Streams whose live messages could not be held back, with the first number of those. */
    private final Map<StreamKey, Long> toLookUp = new HashMap<>();

    /**
     * Numbers of a room that are to be sent, both ends included.
     *
     * @param afterSeq the number behind which the user's messages begin; if others come before the first, they are in a gap
     */
    private record Part(Room room, long afterSeq, long firstSeq, long lastSeq) {}

    OfflineBacklog(
            Connection connection,
            UserRooms userRooms,
            StoredMessages messages,
            RoomHeads heads,
            RoomDirectory directory,
            int mostPerRoom) {
        this.connection = connection;
        this.userRooms = userRooms;
        this.messages = messages;
        this.heads = heads;
        this.directory = directory;
        this.mostPerRoom = mostPerRoom;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Sends as much as may wait for the network.
     *
     * @return whether there is more to do
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach; this may be called again
     */
    boolean sendSome() {
        if (!looked) {
            List<UserRoom> due =
                    new ArrayList<>(userRooms.find(connection.userId(), room -> room.lastSeq() > room.ackSeq()));
            Collections.reverse(due);
            due.forEach(room -> addPart(room.room(), room.ackSeq() + 1, room.lastSeq()));
            looked = true;
        }
        while (connection.isOpen()) {
            if (frames.isEmpty()) {
                read();
            }
            if (!frames.isEmpty()) {
                connection.send(takeFrames());
                return true;
            }
            if (parts.isEmpty() && goLive()) {
                return false;
            }
        }
        return false;
    }

    /** Of a room in which more was missed than is pushed, the newest come, after an event that names the rest. */
    private void addPart(Room room, long firstSeq, long lastSeq) {
        if (firstSeq <= lastSeq) {
            parts.add(new Part(room, firstSeq - 1, Math.max(firstSeq, lastSeq - mostPerRoom + 1), lastSeq));
        }
    }

    private void read() {
        Part part = parts.peek();
        if (part == null) {
            return;
        }
        String roomId = part.room().roomId();
        long last = Math.min(part.lastSeq(), part.firstSeq() + READ_AT_ONCE - 1);
        List<Message> found = messages.range(roomId, part.firstSeq(), last);
        if (part.afterSeq() + 1 < part.firstSeq()) {
            frames.add(Frame.ofGap(StreamKey.ofMessages(roomId), part.afterSeq(), part.firstSeq()));
        }
        found.forEach(message -> frames.add(connection.createBacklogFrame(
                MessagePush.of(message, part.room().type()))));
        parts.remove();
        if (last < part.lastSeq()) {
            parts.addFirst(new Part(part.room(), last, last + 1, part.lastSeq()));
        }
        sentUpTo.put(roomId, last);
    }

    private List<Frame> takeFrames() {
        List<Frame> some = new ArrayList<>();
        long bytes = 0;
        while (!frames.isEmpty() && (some.isEmpty() || bytes + frames.element().size() <= SENT_AT_ONCE_BYTES)) {
            bytes += frames.element().size();
            some.add(frames.remove());
        }
        return some;
    }

    /** Whether the connection is live now; if not, there may be more to send. */
    private boolean goLive() {
        if (toLookUp.isEmpty()) {
            toLookUp.putAll(connection.goLive());
            if (toLookUp.isEmpty()) {
                return true;
            }
        }
        // One by one: what could not be looked up stays to be looked up.
        for (Map.Entry<StreamKey, Long> missed : List.copyOf(toLookUp.entrySet())) {
            String roomId = missed.getKey().roomId();
            long first = Math.max(missed.getValue(), sentUpTo.getOrDefault(roomId, 0L) + 1);
            directory.find(roomId).ifPresent(room -> addPart(room, first, heads.lastSeq(room)));
            toLookUp.remove(missed.getKey());
        }
        return false;
    }
}
