package io.simpleim.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.chat.HistoryEntry;
import io.simpleim.chat.SendReceipt;
import io.simpleim.conversation.Conversation;
import io.simpleim.model.Room;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MongoProxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers on the sending node, and on another node that was not notified of the messages. */
class RoomHeadsIT {
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode one = new TestNode(network.address(), Clock.systemUTC());
    private final TestNode other = new TestNode(mongo.address(), Clock.systemUTC());
    private final String room = one.rooms.create("anna", "");

    @AfterEach
    void close() {
        one.close();
        other.close();
        network.close();
        mongo.close();
    }

    private SendReceipt send(int messages) {
        for (int i = 1; i < messages; i++) {
            one.send("anna", room, "text");
        }
        return one.send("anna", room, "the last");
    }

    /** The node writes none of its pending heads, as if it were killed. */
    @Test
    void anAnsweredMessageIsSeenEverywhereBeforeItsRoomHeadIsWritten() {
        SendReceipt last = send(20);
        assertThat(other.room(room).head().seq()).isZero();
        assertThat(other.heads.lastSeq(other.room(room))).isEqualTo(20);
        assertThat(other.heads.lastSeqs(List.of(other.room(room)))).isEqualTo(Map.of(room, 20L));
        assertThat(other.history.page("anna", room, 1, 5))
                .extracting(HistoryEntry::seq)
                .containsExactly(20L, 19L, 18L, 17L, 16L);
        assertThat(other.history.page("anna", room, 4, 5))
                .extracting(HistoryEntry::seq)
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(other.history.before("anna", room, 100, 1))
                .extracting(HistoryEntry::seq)
                .containsExactly(20L);
        assertThat(other.history.after("anna", room, 18, 5))
                .extracting(HistoryEntry::seq)
                .containsExactly(19L, 20L);
        Conversation item = other.conversations.list("anna", 0, 1, 10).get(0);
        assertThat(item.lastSeq()).isEqualTo(20);
        assertThat(item.lastMessageId()).isEqualTo(last.messageId());
        assertThat(item.lastMessageData()).isEqualTo("the last");
        assertThat(item.lastMessageAt()).isEqualTo(last.createdAt());
        assertThat(item.lastSenderId()).isEqualTo("anna");
    }

    @Test
    void anotherNodeContinuesTheNumbersFromTheCurrentHead() {
        send(20);
        assertThat(other.send("anna", room, "text").seq()).isEqualTo(21);
        assertThat(one.heads.lastSeq(one.room(room))).isEqualTo(21);
    }

    @Test
    void headsOfSeveralRoomsAreReadTogether() {
        String quiet = one.rooms.create("anna", "");
        String written = one.rooms.create("anna", "");
        one.send("anna", written, "text");
        one.flush();
        send(2);
        List<Room> stored = List.of(other.room(quiet), other.room(written), other.room(room));
        assertThat(other.heads.lastSeqs(stored)).isEqualTo(Map.of(quiet, 0L, written, 1L, room, 2L));
        assertThat(other.heads.current(stored)).extracting(Room::roomId).containsExactly(quiet, written, room);
        assertThat(other.heads.lastSeqs(List.of())).isEmpty();
    }

    @Test
    void theHeadIsTheNewestMessage() {
        SendReceipt last = send(3);
        one.flush();
        Room.Head head = other.room(room).head();
        assertThat(head).isEqualTo(new Room.Head(3, "anna", last.messageId(), last.createdAt()));
    }

    @Test
    void headsThatCouldNotBeWrittenAreWrittenLater() {
        send(3);
        network.takeAway();
        one.flush();
        network.giveBack();
        one.mongo.ping();
        assertThat(other.room(room).head().seq()).isZero();
        one.flush();
        assertThat(other.room(room).head().seq()).isEqualTo(3);
    }
}
