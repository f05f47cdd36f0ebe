package io.simpleim.catchup;

import io.simpleim.event.MessagePush;
import io.simpleim.feed.GapSource;
import io.simpleim.message.StoredMessages;
import io.simpleim.model.Room;
import io.simpleim.push.StreamKey;
import io.simpleim.store.mongo.RoomDao;
import java.util.List;

/** Reads the messages of a gap from the store; a room that is dismissed or does not exist has none. Thread-safe. */
public final class StoredGapSource implements GapSource {
    private final RoomDao rooms;
    private final StoredMessages messages;

    public StoredGapSource(RoomDao rooms, StoredMessages messages) {
        this.rooms = rooms;
        this.messages = messages;
    }

    @Override
    public List<MessagePush> between(StreamKey stream, long afterSeq, long beforeSeq) {
        return rooms.find(stream.roomId())
                .filter(Room::isOpen)
                .map(room -> messages.range(stream.roomId(), afterSeq + 1, beforeSeq - 1).stream()
                        .map(message -> MessagePush.of(message, room.type()))
                        .toList())
                .orElse(List.of());
    }
}
