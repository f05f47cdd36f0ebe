package io.simpleim.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.Message;
import io.simpleim.model.ServerId;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoredMessagesIT {
    private static EmbeddedMongo mongo;
    private static TestNode node;

    private final String roomId = ServerId.random();

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.inMemory(0);
        node = new TestNode(mongo.address(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        node.close();
        mongo.close();
    }

    private List<Message> send(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> TestNode.draft(roomId, "anna", "id" + i, "text " + i))
                .map(draft -> node.append(draft).join())
                .toList();
    }

    @Test
    void aRangeIsReadInOrderWithItsBodies() {
        List<Message> sent = send(5);
        assertThat(node.stored.range(roomId, 2, 4)).isEqualTo(sent.subList(1, 4));
        assertThat(node.stored.range(roomId, 1, 1)).isEqualTo(sent.subList(0, 1));
    }

    @Test
    void aRangeMayReachBeyondTheStoredMessages() {
        List<Message> sent = send(3);
        assertThat(node.stored.range(roomId, -5, 2)).isEqualTo(sent.subList(0, 2));
        assertThat(node.stored.range(roomId, 3, 9)).isEqualTo(sent.subList(2, 3));
        assertThat(node.stored.range(roomId, 4, 9)).isEmpty();
        assertThat(node.stored.range(roomId, 3, 2)).isEmpty();
    }

    /** A partner may delete a body. */
    @Test
    void aMessageWithoutABodyIsLeftOut() {
        send(1);
        node.entries.insertInOrder(List.of(Entry.of(TestNode.draft(roomId, "anna", "no text", ""), 2)));
        assertThat(node.stored.range(roomId, 1, 2)).extracting(Message::seq).containsExactly(1L);
    }
}
