package io.simpleim.message;

import static io.simpleim.bootstrap.TestNode.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.chat.HistoryEntry;
import io.simpleim.model.Message;
import io.simpleim.model.MessageDraft;
import io.simpleim.model.ServerId;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.UserMessageDao.Entry;
import io.simpleim.testing.Race;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that write to one room at the same time. */
class MessageLogIT {
    private static EmbeddedMongo mongo;
    private static TestNode one;
    private static TestNode other;

    private final String roomId = ServerId.random();

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.inMemory(0);
        one = new TestNode(mongo.address(), Clock.systemUTC());
        other = new TestNode(mongo.address(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        mongo.close();
    }

    private static TestNode node(int i) {
        return i % 2 == 0 ? one : other;
    }

    private static SendListener onStored(Consumer<Message> consumer) {
        return new SendListener() {
            @Override
            public void stored(Message message) {
                consumer.accept(message);
            }
        };
    }

    @Test
    void numbersAreDenseAndKeepEachSendersOrder() {
        int senders = 8;
        int each = 100;
        List<List<Message>> sent = Race.call(senders, sender -> {
            List<CompletableFuture<Message>> results = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                MessageDraft draft = draft(roomId, "sender" + sender, "id" + i, "text " + i);
                results.add(node(sender).append(draft));
            }
            return results.stream().map(CompletableFuture::join).toList();
        });
        assertThat(sent)
                .allSatisfy(bySender ->
                        assertThat(bySender).extracting(Message::seq).isSorted());
        assertThat(sent.stream().flatMap(List::stream).map(Message::seq))
                .containsExactlyInAnyOrderElementsOf(numbers(senders * each));
        assertStored(sent.stream().flatMap(List::stream).toList());
    }

    @Test
    void listenersAreCalledInTheOrderOfTheNumbers() {
        List<List<Long>> notified = Race.call(2, i -> {
            List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<Message>> results = IntStream.range(0, 200)
                    .mapToObj(k -> draft(roomId, "sender" + i, "id" + k, "text"))
                    .map(draft -> node(i).log.append(draft, 0, onStored(message -> numbers.add(message.seq()))))
                    .toList();
            results.forEach(CompletableFuture::join);
            return numbers;
        });
        assertThat(notified)
                .allSatisfy(numbers -> assertThat(List.copyOf(numbers)).isSorted());
    }

    @Test
    void aSendThatIsRepeatedOnBothNodesAtOnceIsStoredOnceAndAnsweredAlike() {
        int ids = 60;
        List<String> isNew = Collections.synchronizedList(new ArrayList<>());
        List<List<Message>> answers = Race.call(4, racer -> {
            List<CompletableFuture<Message>> results = IntStream.range(0, ids)
                    .mapToObj(i -> draft(roomId, "anna", "id" + i, "text " + i))
                    .map(draft -> node(racer).log.append(draft, 0, onStored(message -> isNew.add(message.messageId()))))
                    .toList();
            return results.stream().map(CompletableFuture::join).toList();
        });
        assertThat(answers).allSatisfy(same -> assertThat(same).isEqualTo(answers.get(0)));
        assertThat(answers.get(0)).extracting(Message::seq).containsExactlyInAnyOrderElementsOf(numbers(ids));
        assertStored(answers.get(0));
        one.append(draft(roomId, "last", "id", "text")).join();
        assertThat(isNew).doesNotHaveDuplicates();
    }

    @Test
    void aRepeatedSendIsAnsweredAsTheFirstOneWhateverItsTime() {
        MessageDraft first = draft(roomId, "anna", "id", "text");
        MessageDraft later = new MessageDraft(first.messageId(), roomId, "anna", 1, "text", first.createdAt() + 100);
        Message answer = one.append(first).join();
        assertThat(other.append(later).join()).isEqualTo(answer);
    }

    @Test
    void aMessageWhoseFirstTryDiedBetweenTheTwoCollectionsGetsItsNumber() {
        one.append(draft(roomId, "bert", "id", "text")).join();
        MessageDraft interrupted = draft(roomId, "anna", "id", "text");
        one.messageDao.insertAll(List.of(interrupted));
        Message answer = other.append(interrupted).join();
        assertThat(answer.seq()).isEqualTo(2);
        assertThat(one.append(interrupted).join()).isEqualTo(answer);
        assertThat(one.entries.lastNumber(roomId, 0)).isEqualTo(2);
    }

    /** Its node may have died before it wrote the room head and before it answered. */
    @Test
    void aNumberedMessageIsFoundAndFollowedEvenIfItsRoomHeadWasNotWritten() {
        String group = one.rooms.create("anna", "");
        MessageDraft interrupted = draft(group, "anna", "id", "text");
        one.messageDao.insertAll(List.of(interrupted));
        one.entries.insertInOrder(List.of(Entry.of(interrupted, 1)));
        assertThat(one.room(group).head().seq()).isZero();
        assertThat(one.history.page("anna", group, 1, 10))
                .extracting(HistoryEntry::seq)
                .containsExactly(1L);
        assertThat(other.send("anna", group, "next").seq()).isEqualTo(2);
    }

    private static List<Long> numbers(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private void assertStored(List<Message> messages) {
        List<Long> numbers = numbers(messages.size());
        Map<Long, Entry> entries = one.entries.findNumbers(roomId, numbers);
        assertThat(messages)
                .allSatisfy(message ->
                        assertThat(entries.get(message.seq()).messageId()).isEqualTo(message.messageId()));
        assertThat(one.entries.lastNumber(roomId, 0)).isEqualTo(messages.size());
    }
}
