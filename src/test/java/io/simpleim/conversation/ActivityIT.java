package io.simpleim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Message;
import io.simpleim.model.RoomType;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MongoProxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActivityIT {
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode node = new TestNode(network.address(), Clock.systemUTC());
    private final Set<String> pair = Set.of("anna", "bert");
    private final Set<String> many =
            IntStream.range(0, 1000).mapToObj(i -> "user" + i).collect(Collectors.toSet());
    private long nanos;
    private final Activity activity = new Activity(node.chatLog, () -> nanos);

    @BeforeEach
    void forgetTheStart() {
        network.takeCommands();
    }

    @AfterEach
    void close() {
        node.close();
        network.close();
        mongo.close();
    }

    private void touch(String roomId, Set<String> members, String senderId, long seq) {
        Message message = new Message("m" + seq, roomId, seq, senderId, 1, "text", 1);
        activity.touch(message, RoomType.GROUP, members, 1000 * seq);
    }

    private int commandsOfFlushing() {
        network.takeCommands();
        activity.flushDue();
        return network.takeCommands();
    }

    private ConversationEntry stored(String roomId, String userId) {
        return node.chatLog.findAll(userId, List.of(roomId)).get(roomId);
    }

    @Test
    void aSmallRoomIsWrittenWithEachFlush() {
        for (long seq = 1; seq <= 3; seq++) {
            touch("r", pair, "anna", seq);
            assertThat(commandsOfFlushing()).isEqualTo(1);
            assertThat(stored("r", "bert")).isEqualTo(new ConversationEntry("bert", "r", 2, 1000 * seq, 0));
            assertThat(stored("r", "anna")).isEqualTo(new ConversationEntry("anna", "r", 2, 1000 * seq, seq));
        }
        assertThat(commandsOfFlushing()).isZero();
    }

    @Test
    void aLargeRoomIsWrittenAtOnceAndThenLessOften() {
        touch("r", many, "user1", 1);
        assertThat(commandsOfFlushing()).isEqualTo(1);
        touch("r", many, "user2", 2);
        nanos += Duration.ofMillis(4_999).toNanos();
        assertThat(commandsOfFlushing()).isZero();
        assertThat(stored("r", "user3").activeAtMillis()).isEqualTo(1000);
        assertThat(activity.pendingEntries("user3")).containsExactly(new ConversationEntry("user3", "r", 2, 2000, 0));

        touch("r", many, "user4", 3);
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(commandsOfFlushing()).isEqualTo(1);
        assertThat(stored("r", "user3").activeAtMillis()).isEqualTo(3000);
        assertThat(stored("r", "user2").readSeq()).isEqualTo(2);
        assertThat(stored("r", "user4").readSeq()).isEqualTo(3);
        assertThat(activity.pendingEntries("user3")).isEmpty();
    }

    @Test
    void aLargeRoomDoesNotDelayOthers() {
        touch("large", many, "user1", 1);
        activity.flushDue();
        touch("large", many, "user1", 2);
        touch("small", pair, "anna", 1);
        assertThat(commandsOfFlushing()).isEqualTo(1);
        assertThat(stored("small", "bert").activeAtMillis()).isEqualTo(1000);
        assertThat(stored("large", "user3").activeAtMillis()).isEqualTo(1000);
    }

    @Test
    void closingWritesRoomsThatAreNotDue() {
        touch("r", many, "user1", 1);
        activity.flushDue();
        touch("r", many, "user1", 2);
        activity.close();
        assertThat(stored("r", "user3").activeAtMillis()).isEqualTo(2000);
    }

    @Test
    void activityThatCouldNotBeWrittenIsVisibleHereAndWrittenLater() {
        touch("large", many, "user1", 1);
        touch("small", pair, "anna", 1);
        network.takeAway();
        activity.flushDue();
        touch("small", pair, "bert", 2);
        assertThat(activity.pendingEntries("anna")).containsExactly(new ConversationEntry("anna", "small", 2, 2000, 1));
        assertThat(activity.pendingEntries("user3")).hasSize(1);
        network.giveBack();
        node.mongo.ping();
        activity.close();
        assertThat(stored("small", "anna")).isEqualTo(new ConversationEntry("anna", "small", 2, 2000, 1));
        assertThat(stored("small", "bert")).isEqualTo(new ConversationEntry("bert", "small", 2, 2000, 2));
        assertThat(stored("large", "user3").activeAtMillis()).isEqualTo(1000);
    }

    @Test
    void aSmallRoomIsInTheListsOfItsLatestMembers() {
        touch("r", pair, "anna", 1);
        touch("r", Set.of("anna", "carl"), "anna", 2);
        assertThat(activity.pendingEntries("carl")).hasSize(1);
        assertThat(activity.pendingEntries("bert")).isEmpty();
        assertThat(activity.pendingEntries("anna")).containsExactly(new ConversationEntry("anna", "r", 2, 2000, 2));
    }
}
