package io.simpleim.chat;

import static io.simpleim.bootstrap.TestNode.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.dispatch.Sender;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.SendRequest;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.MongoProxy.Moment;
import io.simpleim.testing.Race;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A node is cut off from its store at each single command of a send, before and after the store has carried it out: what
 * its client sends again, there or at another node, is one message.
 */
@Timeout(180)
class InterruptedSendIT {
    /** More than a send has commands. */
    private static final int MOST_COMMANDS = 12;

    private static final int BATCH = 6;

    private static EmbeddedMongo mongo;
    private static TestNode other;

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.inMemory(0);
        other = new TestNode(mongo.address(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        other.close();
        mongo.close();
    }

    /** A node of its own, that can be cut off. */
    private static final class CutOff implements AutoCloseable {
        final MongoProxy network = new MongoProxy(mongo.address());
        final TestNode node = new TestNode(network.address(), Clock.systemUTC());

        @Override
        public void close() {
            node.close();
            network.close();
        }
    }

    /** What is tried at each command; whether the cut came. */
    private interface Trial {
        boolean run(CutOff cut, int command, Moment moment);
    }

    private static void atEachCommand(Trial trial) {
        List<Boolean> came = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            came.addAll(Race.call(MOST_COMMANDS, i -> {
                try (CutOff cut = new CutOff()) {
                    return trial.run(cut, i + 1, moment);
                }
            }));
        }
        // All commands have had their turn, the two inserts at least among them.
        assertThat(came).filteredOn(cut -> cut).hasSizeGreaterThanOrEqualTo(4);
        assertThat(came.get(MOST_COMMANDS - 1)).isFalse();
        assertThat(came.get(2 * MOST_COMMANDS - 1)).isFalse();
    }

    private static SendReceipt send(TestNode node, String roomId, String text, String clientMsgId) {
        return node.messages.toRoom(
                new Sender("anna", connection -> false), roomId, new SendRequest(1, text, clientMsgId));
    }

    /** Sends, and has what follows from a message written too; a client that is refused knows nothing. */
    private static void tryToSend(TestNode node, String roomId, String clientMsgId) {
        try {
            send(node, roomId, "text", clientMsgId);
        } catch (StoreUnavailableException e) {
            // Just so.
        }
        node.flush();
    }

    @Test
    void isStoredOnceByTheNextNodeAndThenKnownToTheFirst() {
        atEachCommand((cut, command, moment) -> {
            String roomId = other.rooms.create("anna", "");
            send(cut.node, roomId, "text", "before");
            cut.network.takeAwayAt(command, moment);
            tryToSend(cut.node, roomId, "id");
            boolean came = !cut.network.callOff();

            SendReceipt repeated = send(other, roomId, "text", "id");
            assertThat(send(other, roomId, "next", "next").seq()).isEqualTo(3);
            if (came) {
                cut.network.giveBack();
            }
            assertThat(send(cut.node, roomId, "text", "id")).isEqualTo(repeated);
            assertOnce(roomId, List.of("text", "text", "next"));
            assertConflict(cut.node, roomId);
            return came;
        });
    }

    @Test
    void isStoredOnceByTheSameNodeAndThenKnownToTheOther() {
        atEachCommand((cut, command, moment) -> {
            String roomId = other.rooms.create("anna", "");
            send(other, roomId, "text", "before");
            cut.network.takeAwayAt(command, moment);
            tryToSend(cut.node, roomId, "id");
            boolean came = !cut.network.callOff();
            if (came) {
                cut.network.giveBack();
            }

            SendReceipt repeated = send(cut.node, roomId, "text", "id");
            assertThat(send(cut.node, roomId, "next", "next").seq()).isEqualTo(3);
            assertThat(send(other, roomId, "text", "id")).isEqualTo(repeated);
            assertOnce(roomId, List.of("text", "text", "next"));
            assertConflict(other, roomId);
            return came;
        });
    }

    /** Two rooms and one writer: a batch that dies half-way leaves the beginning of each, in its order. */
    @Test
    void aBatchThatFailsHalfwayIsCompletedInItsOrder() {
        atEachCommand((cut, command, moment) -> {
            List<MessageDraft> batch = batchOfTwoRooms();
            cut.network.hold();
            List<CompletableFuture<?>> sent = new ArrayList<>();
            batch.forEach(draft -> sent.add(append(cut.node, draft)));
            cut.network.takeAwayAt(command, moment);
            cut.network.release();
            sent.forEach(InterruptedSendIT::awaitWhateverBecomesOfIt);
            boolean came = !cut.network.callOff();

            // Its clients send again what was not answered, in the order in which they sent it.
            batch.forEach(draft -> append(other, draft).join());
            Set.of(batch.get(0).roomId(), batch.get(1).roomId())
                    .forEach(roomId -> assertOnce(
                            roomId,
                            batch.stream()
                                    .filter(draft -> draft.roomId().equals(roomId))
                                    .map(MessageDraft::data)
                                    .toList()));
            return came;
        });
    }

    private static List<MessageDraft> batchOfTwoRooms() {
        List<String> rooms = List.of(other.rooms.create("anna", ""), other.rooms.create("anna", ""));
        return IntStream.range(0, BATCH)
                .mapToObj(i -> draft(rooms.get(i % 2), "anna", "id" + i, "text " + i))
                .toList();
    }

    private static CompletableFuture<?> append(TestNode node, MessageDraft draft) {
        return node.append(draft);
    }

    private static void awaitWhateverBecomesOfIt(CompletableFuture<?> result) {
        try {
            result.join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private static void assertConflict(TestNode node, String roomId) {
        RequestRejected refused =
                catchThrowableOfType(RequestRejected.class, () -> send(node, roomId, "another text", "id"));
        assertThat(refused.error()).isEqualTo(ApiError.CONFLICT);
    }

    /** The room has these texts, each under its number, and readers see the last one. */
    private static void assertOnce(String roomId, List<String> texts) {
        List<Long> numbers = LongStream.rangeClosed(1, texts.size()).boxed().toList();
        Map<Long, Entry> entries = other.entries.findNumbers(roomId, numbers);
        assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(other.entries.lastNumber(roomId, 0)).isEqualTo(texts.size());
        List<String> ids =
                numbers.stream().map(seq -> entries.get(seq).messageId()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        Map<String, MessageDao.Content> said = other.messageDao.findAll(ids);
        assertThat(ids.stream().map(id -> said.get(id).data())).containsExactlyElementsOf(texts);
        assertThat(other.history.page("anna", roomId, 1, 1))
                .extracting(HistoryEntry::seq)
                .containsExactly((long) texts.size());
    }
}
