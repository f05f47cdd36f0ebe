package io.simpleim.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.ServerId;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.RawStore;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Message bodies in a store that may lose its latest writes before the numbers are stored. */
class MessageBodyWriterIT {
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode node = new TestNode(network.address(), Clock.systemUTC());
    private final MessageBodyWriter bodies = new MessageBodyWriter(node.messageDao, node.mongo.writeOrder());
    private final String roomId = ServerId.random();
    private final MessageDraft draft = TestNode.draft(roomId, "anna", "id", "text");

    @AfterEach
    void close() {
        node.close();
        network.close();
        mongo.close();
    }

    private void number(MessageDraft sent, long seq) {
        assertThat(node.entries.insertInOrder(List.of(Entry.of(sent, seq)))).isEqualTo(1);
    }

    private boolean isThere(MessageDraft sent) {
        return !node.messageDao.findAll(List.of(sent.messageId())).isEmpty();
    }

    /** Restarts the store as after a crash: without a write that nobody had waited for. */
    private void restartTheStoreWithout(MessageDraft lost) {
        network.takeAway();
        RawStore.delete(mongo.address(), "message", "message_id", lost.messageId());
        network.giveBack();
        assertThat(catchThrowable(node.mongo::ping)).isNotNull();
        node.mongo.ping();
        assertThat(isThere(lost)).isFalse();
    }

    @Test
    void durableNumbersMakeTheBodiesDurableWithoutAnotherWrite() {
        bodies.insert(List.of(draft));
        number(draft, 1);
        network.takeCommands();
        bodies.confirmDurable();
        assertThat(network.takeCommands()).isZero();
        assertThat(isThere(draft)).isTrue();
    }

    @Test
    void bodiesLostBeforeTheirNumbersWereStoredAreStoredAgain() {
        bodies.insert(List.of(draft));
        restartTheStoreWithout(draft);
        number(draft, 1);
        bodies.confirmDurable();
        assertThat(isThere(draft)).isTrue();
    }

    @Test
    void unconfirmedBodiesAreStoredBeforeTheNextBatch() {
        bodies.insert(List.of(draft));
        restartTheStoreWithout(draft);
        number(draft, 1);
        network.takeAway();
        assertThat(catchThrowable(bodies::confirmDurable)).isInstanceOf(StoreUnavailableException.class);
        network.giveBack();
        node.mongo.ping();

        bodies.insert(List.of(TestNode.draft(roomId, "anna", "next", "text")));
        assertThat(isThere(draft)).isTrue();
    }

    @Test
    void bodiesOfAFailedBatchAreStoredBeforeTheNextBatch() {
        bodies.insert(List.of(draft));
        number(draft, 1);
        restartTheStoreWithout(draft);
        bodies.insert(List.of(TestNode.draft(roomId, "anna", "next", "text")));
        assertThat(isThere(draft)).isTrue();
    }
}
