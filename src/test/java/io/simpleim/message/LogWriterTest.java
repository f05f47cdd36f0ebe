package io.simpleim.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.MessageDraft;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserMessageDao;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    @Test
    void waitingMessagesAreCountedUpToTheCapacity() {
        try (MongoStore nowhere = new MongoStore("127.0.0.1:1", "", "", "im")) {
            UserMessageDao entries = new UserMessageDao(nowhere);
            RoomHeads heads = new RoomHeads(new RoomDao(nowhere), entries);
            BatchStore store = new BatchStore(new MessageDao(nowhere), entries, heads, nowhere.writeOrder());
            // Not started, so messages stay in the queue.
            LogWriter writer = new LogWriter(store, 2, (messages, nanos) -> {});

            assertThat(writer.offer(send("1"))).isTrue();
            assertThat(writer.offer(send("2"))).isTrue();
            assertThat(writer.offer(send("3"))).isFalse();
            assertThat(writer.waiting()).isEqualTo(2);
            assertThat(writer.capacity()).isEqualTo(2);
        }
    }

    private static PendingSend send(String id) {
        MessageDraft draft = new MessageDraft(id, "room", "ann", 1, "hi", 0);
        return new PendingSend(draft, 0, new SendListener() {});
    }
}
