package io.simpleim.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.dispatch.Sender;
import io.simpleim.model.SendRequest;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MongoProxy;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sending costs, in commands to the store. */
class SendingCostIT {
    private static final int MESSAGES = 20;
    private static final int TEXT_AND_NUMBER = 2;

    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy counted = new MongoProxy(mongo.address());
    private final TestNode node = new TestNode(counted.address(), Clock.systemUTC());

    @AfterEach
    void close() {
        node.close();
        counted.close();
        mongo.close();
    }

    private void write() {
        Sender anna = new Sender("anna", connection -> false);
        node.messages.toUser(anna, "bert", new SendRequest(1, "text", null));
    }

    private int commandsOf(Runnable sending) {
        counted.takeCommands();
        for (int i = 0; i < MESSAGES; i++) {
            sending.run();
        }
        return counted.takeCommands();
    }

    @Test
    void aMessageToOneUserTakesTwoWritesAndNoRead() {
        write();
        assertThat(commandsOf(this::write)).isEqualTo(MESSAGES * TEXT_AND_NUMBER);
    }

    /** Whether its members are the same is for the store to say, every time. */
    @Test
    void aMessageToAGroupReadsItsRoom() {
        String group = node.rooms.create("anna", "");
        node.send("anna", group, "text");
        assertThat(commandsOf(() -> node.send("anna", group, "text"))).isEqualTo(MESSAGES * (TEXT_AND_NUMBER + 1));
    }

    @Test
    void theSessionOfASenderIsReadOnce() {
        node.sweeper.startHearing();
        String token = node.logins.login("anna");
        node.authenticator.authenticateSender(token);
        int once = commandsOf(() -> node.authenticator.authenticateSender(token));
        // It is read again once a second, and so may be now.
        assertThat(once).isLessThan(MESSAGES);
        assertThat(commandsOf(() -> node.authenticator.authenticate(token))).isGreaterThanOrEqualTo(MESSAGES);
    }

    /** Another node has written, or this one has been started anew. */
    @Test
    void aFreshNodeFindsTheLastNumberOfARoomWithOneQuery() {
        String group = node.rooms.create("anna", "");
        for (int i = 0; i < 600; i++) {
            node.append(TestNode.draft(group, "anna", "id" + i, "text"));
        }
        node.append(TestNode.draft(group, "anna", "last", "text")).join();
        node.flush();
        try (TestNode fresh = new TestNode(counted.address(), Clock.systemUTC())) {
            counted.takeCommands();
            long seq = fresh.append(TestNode.draft(group, "bert", "id", "text"))
                    .join()
                    .seq();
            assertThat(seq).isEqualTo(602);
            assertThat(counted.takeCommands()).isEqualTo(TEXT_AND_NUMBER + 1);
        }
    }
}
