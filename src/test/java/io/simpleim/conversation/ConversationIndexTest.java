package io.simpleim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.ConversationEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ConversationIndexTest {

    @Test
    void theLatestActivityComesFirst() {
        ConversationIndex index =
                new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 2, 30), entry("c", 1, 20)));

        assertThat(rooms(index.page(0, 1, 10))).containsExactly("b", "c", "a");
        assertThat(rooms(index.page(1, 1, 10))).containsExactly("c", "a");
        assertThat(index.newestMillis()).isEqualTo(30);
    }

    @Test
    void aPagePastTheEndIsEmpty() {
        ConversationIndex index = new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 1, 20)));

        assertThat(rooms(index.page(0, 1, 1))).containsExactly("b");
        assertThat(rooms(index.page(0, 2, 1))).containsExactly("a");
        assertThat(index.page(0, 3, 1)).isEmpty();
        assertThat(index.page(0, Integer.MAX_VALUE, 100)).isEmpty();
        assertThat(index.page(2, 1, 10)).isEmpty();
        assertThat(new ConversationIndex(List.of()).page(0, 1, 10)).isEmpty();
    }

    @Test
    void anOlderUpdateChangesNothing() {
        ConversationIndex index = new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 1, 20)));
        index.apply(entry("b", 1, 5));

        assertThat(rooms(index.page(0, 1, 10))).containsExactly("b", "a");
    }

    @Test
    void aReadPositionNeverGoesBackAndAnOlderUpdateMayRaiseIt() {
        ConversationIndex index = new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 1, 20)));
        index.apply(entry("b", 1, 5).withReadSeq(7));
        assertThat(index.page(0, 1, 10)).containsExactly(entry("b", 1, 20).withReadSeq(7), entry("a", 1, 10));
        index.apply(entry("b", 1, 30).withReadSeq(6));
        assertThat(index.page(1, 1, 1)).containsExactly(entry("b", 1, 30).withReadSeq(7));
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void aReadPositionIsRaisedInPlace() {
        ConversationIndex index = new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 1, 20)));
        index.raiseReadSeq("a", 7);
        index.raiseReadSeq("a", 6);
        index.raiseReadSeq("unknown", 7);
        assertThat(index.page(0, 1, 10))
                .containsExactly(entry("b", 1, 20), entry("a", 1, 10).withReadSeq(7));
        assertThat(index.page(1, 2, 1)).containsExactly(entry("a", 1, 10).withReadSeq(7));
    }

    /** The store returns an entry twice if it moves while the query runs. */
    @Test
    void aRoomThatIsAddedTwiceIsListedOnce() {
        ConversationIndex index =
                new ConversationIndex(List.of(entry("a", 1, 10), entry("b", 1, 20), entry("a", 1, 30)));
        assertThat(rooms(index.page(0, 1, 10))).containsExactly("a", "b");
        assertThat(rooms(index.page(1, 1, 10))).containsExactly("a", "b");
        index.remove("a");

        assertThat(rooms(index.page(0, 1, 10))).containsExactly("b");
        assertThat(index.size()).isEqualTo(1);
    }

    @RepeatedTest(100)
    void anyOperationsGiveTheOrderThatSortingWouldGive(RepetitionInfo repetition) {
        long seed = 20_261_123L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Map<String, ConversationEntry> model = new HashMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            ConversationEntry entry = randomEntry(random);
            model.merge(entry.roomId(), entry, ConversationIndexTest::newer);
        }
        ConversationIndex index = new ConversationIndex(List.copyOf(model.values()));
        for (int step = 0; step < 200; step++) {
            ConversationEntry entry = randomEntry(random);
            if (random.nextInt(4) == 0) {
                index.remove(entry.roomId());
                model.remove(entry.roomId());
            } else {
                index.apply(entry);
                model.merge(entry.roomId(), entry, ConversationIndexTest::newer);
            }
            int type = random.nextInt(3);
            int page = 1 + random.nextInt(4);
            int size = 1 + random.nextInt(6);
            assertThat(index.page(type, page, size))
                    .as("seed %d, step %d, type %d, page %d of %d", seed, step, type, page, size)
                    .isEqualTo(page(model, type, page, size));
            assertThat(index.size()).isEqualTo(model.size());
        }
    }

    private static List<ConversationEntry> page(Map<String, ConversationEntry> model, int type, int page, int size) {
        List<ConversationEntry> all = new ArrayList<>(model.values());
        all.removeIf(entry -> type != 0 && entry.roomType() != type);
        all.sort(Comparator.comparingLong(ConversationEntry::activeAtMillis)
                .reversed()
                .thenComparing(ConversationEntry::roomId));
        return all.stream().skip((page - 1L) * size).limit(size).toList();
    }

    private static ConversationEntry newer(ConversationEntry known, ConversationEntry update) {
        return known.activeAtMillis() >= update.activeAtMillis() ? known : update;
    }

    /** Few rooms and few times, so that they often coincide. A room keeps its type. */
    private static ConversationEntry randomEntry(Random random) {
        int room = random.nextInt(15);
        return entry("room" + room, 1 + room % 2, random.nextInt(30));
    }

    private static ConversationEntry entry(String roomId, int type, long activeAt) {
        return new ConversationEntry("ann", roomId, type, activeAt, 0);
    }

    private static List<String> rooms(List<ConversationEntry> entries) {
        return entries.stream().map(ConversationEntry::roomId).toList();
    }
}
