package io.simpleim.message;

import static io.simpleim.bootstrap.TestNode.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.chat.HistoryEntry;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.ServerId;
import io.simpleim.model.StoreUnavailableException;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.Race;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages while the store is slow, silent or away, and batches with repeats and conflicts. */
@Timeout(60)
class MessageLogFailureIT {
    private static final int QUEUE = 400;

    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final TestNode node = new TestNode(network.address(), Clock.systemUTC(), QUEUE, 10);
    private final String roomId = ServerId.random();

    @AfterEach
    void close() {
        network.release();
        node.close();
        network.close();
        mongo.close();
    }

    private CompletableFuture<Message> append(String clientMsgId, String data) {
        return append(draft(roomId, "anna", clientMsgId, data));
    }

    private CompletableFuture<Message> append(MessageDraft draft) {
        return node.append(draft);
    }

    /** Holds the store: messages appended after this form one batch once it is released. */
    private CompletableFuture<Message> occupyTheWriter() {
        network.hold();
        return append("first", "text");
    }

    private static RuntimeException failure(CompletableFuture<Message> result) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, result::join);
        return (RuntimeException) thrown.getCause();
    }

    private static void assertConflict(CompletableFuture<Message> result) {
        assertThat(failure(result))
                .isInstanceOfSatisfying(
                        RequestRejected.class,
                        refused -> assertThat(refused.error()).isEqualTo(ApiError.CONFLICT));
    }

    @Test
    void refusesOtherContentUnderAStoredId() {
        Message stored = append("id", "text").join();
        assertConflict(append("id", "other"));
        assertConflict(append(new MessageDraft(stored.messageId(), roomId, "anna", 2, "text", 1000)));
        assertThat(append("id", "text").join()).isEqualTo(stored);
        assertThat(append("next", "text").join().seq()).isEqualTo(2);
    }

    @Test
    void answersRepeatsWithinABatchAlikeAndRefusesOtherContent() {
        CompletableFuture<Message> first = occupyTheWriter();
        CompletableFuture<Message> send = append("id", "text");
        CompletableFuture<Message> repeat = append("id", "text");
        CompletableFuture<Message> conflict = append("id", "other");
        CompletableFuture<Message> next = append("next", "text");
        CompletableFuture<Message> lateRepeat = append("id", "text");
        network.release();
        assertThat(first.join().seq()).isEqualTo(1);
        assertThat(send.join().seq()).isEqualTo(2);
        assertThat(repeat.join()).isEqualTo(send.join());
        assertThat(lateRepeat.join()).isEqualTo(send.join());
        assertThat(next.join().seq()).isEqualTo(3);
        assertConflict(conflict);
    }

    @Test
    void answersARepeatThatFollowsAConflictInItsBatch() {
        Message stored = append("id", "text").join();
        occupyTheWriter();
        CompletableFuture<Message> conflict = append("id", "other");
        CompletableFuture<Message> repeat = append("id", "text");
        network.release();
        assertConflict(conflict);
        assertThat(repeat.join()).isEqualTo(stored);
    }

    @Test
    void refusesAtOnceWhenTheQueueIsFull() {
        List<CompletableFuture<Message>> taken = new ArrayList<>();
        taken.add(occupyTheWriter());
        RequestRejected refused = catchThrowableOfType(RequestRejected.class, () -> {
            for (int i = 0; i < QUEUE; i++) {
                taken.add(append("id" + i, "text"));
            }
        });
        assertThat(refused.error()).isEqualTo(ApiError.UNAVAILABLE);
        assertThat(refused.retryAfterSeconds()).isPositive();
        network.release();
        assertThat(taken.stream().map(CompletableFuture::join).map(Message::seq))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, taken.size())
                        .mapToObj(i -> (long) i)
                        .toList());
    }

    @Test
    void storesWaitingMessagesBeforeItStops() {
        CompletableFuture<Message> first = occupyTheWriter();
        List<CompletableFuture<Message>> waiting =
                IntStream.range(0, 50).mapToObj(i -> append("id" + i, "text")).toList();
        Race.run(List.of(
                () -> {
                    node.log.close();
                    return true;
                },
                () -> {
                    network.release();
                    return true;
                }));
        assertThat(first).isCompleted();
        assertThat(waiting).allSatisfy(result -> assertThat(result).isCompleted());
        assertThat(node.entries.lastNumber(roomId, 0)).isEqualTo(51);
        assertThat(catchThrowableOfType(RequestRejected.class, () -> append("late", "text"))
                        .error())
                .isEqualTo(ApiError.UNAVAILABLE);
    }

    @Test
    void failsMessagesWhileTheStoreIsUnavailableAndContinuesWithoutAHole() {
        append("before", "text").join();
        network.takeAway();
        List<CompletableFuture<Message>> failed =
                IntStream.range(0, 5).mapToObj(i -> append("id" + i, "text")).toList();
        assertThat(failed)
                .allSatisfy(result -> assertThat(failure(result)).isInstanceOf(StoreUnavailableException.class));
        network.giveBack();
        node.mongo.ping();
        List<Long> numbers = IntStream.range(0, 5)
                .mapToObj(i -> append("id" + i, "text"))
                .map(result -> result.join().seq())
                .toList();
        assertThat(numbers).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert message", "insert user_message"})
    void anInterruptedSendIsStoredOnceWhenItIsRepeated(String interrupted) {
        append("before", "text").join();
        network.loseAnswerTo(interrupted);
        assertThat(failure(append("id", "text"))).isInstanceOf(StoreUnavailableException.class);
        Message repeated = append("id", "text").join();
        assertThat(repeated.seq()).isEqualTo(2);
        assertThat(append("next", "text").join().seq()).isEqualTo(3);
        assertThat(append("id", "text").join()).isEqualTo(repeated);
    }

    /** Room heads are written behind, so nothing waits for them. */
    @Test
    void sendingAndReadingGoOnWhileARoomHeadCannotBeWritten() {
        String group = node.rooms.create("anna", "");
        node.send("anna", group, "one");
        network.loseAnswerTo("update room");
        node.flush();
        network.hold("update room");
        node.send("anna", group, "two");
        assertThat(node.history.page("anna", group, 1, 10))
                .extracting(HistoryEntry::seq)
                .containsExactly(2L, 1L);
        network.release();
        node.flush();
        assertThat(node.room(group).head().seq()).isEqualTo(2);
    }
}
