package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.WriteOrder.Mark;
import io.simpleim.testing.MongoProxy;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteOrderIT {
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final MongoStore store = new MongoStore(network.address(), "", "", "im");
    private final WriteOrder order = store.writeOrder();

    @AfterEach
    void close() {
        store.close();
        network.close();
        mongo.close();
    }

    private void write() {
        store.database().getCollection("c").insertOne(new Document());
    }

    @Test
    void aWriteOverAnOlderConnectionCoversEarlierWrites() {
        write();
        Mark mark = order.mark();
        assertThat(mark.isUsable()).isTrue();
        write();
        assertThat(order.coversSince(mark)).isTrue();
    }

    @Test
    void aWriteOverANewerConnectionDoesNotCoverEarlierWrites() {
        write();
        Mark mark = order.mark();
        network.takeAway();
        network.giveBack();
        reconnect();
        write();
        assertThat(order.coversSince(mark)).isFalse();
        Mark later = order.mark();
        write();
        assertThat(order.coversSince(later)).isTrue();
    }

    @Test
    void theConnectionOfAnotherThreadDoesNotCount() {
        write();
        Mark mark = order.mark();
        assertThat(CompletableFuture.supplyAsync(() -> order.coversSince(mark)).join())
                .isFalse();
    }

    @Test
    void aMarkBeforeTheFirstAnswerIsNotUsable() {
        network.hold();
        try (MongoStore unheard = new MongoStore(network.address(), "", "", "im")) {
            assertThat(unheard.writeOrder().mark().isUsable()).isFalse();
        }
        network.release();
    }

    /** The first call finds the broken connection. */
    private void reconnect() {
        assertThat(catchThrowable(this::write)).isNotNull();
        store.ping();
    }
}
