package io.simpleim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.RoomType;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversation lists over one store, read on two nodes. */
class ConversationServiceIT {
    private static final int ALL = 0;

    private static EmbeddedMongo mongo;
    private static MutableClock clock;
    private static TestNode one;
    private static TestNode other;

    private final String anna = UUID.randomUUID().toString();
    private final String bert = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
        mongo = EmbeddedMongo.inMemory(0);
        one = new TestNode(mongo.address(), clock);
        other = new TestNode(mongo.address(), clock);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        mongo.close();
    }

    private static String create(String userId) {
        clock.advance(Duration.ofSeconds(1));
        return one.rooms.create(userId, "");
    }

    private static void send(TestNode node, String userId, String roomId) {
        clock.advance(Duration.ofSeconds(1));
        node.send(userId, roomId, "text");
    }

    private static List<String> list(TestNode node, String userId, int type, int page, int pageSize) {
        return node.conversations.list(userId, type, page, pageSize).stream()
                .map(Conversation::roomId)
                .toList();
    }

    private static List<String> list(TestNode node, String userId) {
        return list(node, userId, ALL, 1, 100);
    }

    @Test
    void theLatestActivityComesFirst() {
        String first = create(anna);
        String second = create(anna);
        assertThat(list(one, anna)).containsExactly(second, first);
        send(one, anna, first);
        assertThat(list(one, anna)).containsExactly(first, second);
    }

    @Test
    void pagesShareTheListAndOnePastTheEndIsEmpty() {
        List<String> rooms = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> rooms.add(0, create(anna)));
        assertThat(list(one, anna, ALL, 1, 2)).isEqualTo(rooms.subList(0, 2));
        assertThat(list(one, anna, ALL, 3, 2)).isEqualTo(rooms.subList(4, 5));
        assertThat(list(one, anna, ALL, 4, 2)).isEmpty();
        assertThat(list(one, anna, ALL, Integer.MAX_VALUE, 100)).isEmpty();
        assertThat(list(one, UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void aListOfOneTypeContainsNoOtherRooms() {
        String group = create(anna);
        clock.advance(Duration.ofSeconds(1));
        String single = one.rooms.singleRoom(anna, bert).roomId();
        assertThat(list(one, anna)).containsExactly(single, group);
        assertThat(list(one, anna, RoomType.GROUP, 1, 10)).containsExactly(group);
        assertThat(list(one, anna, RoomType.SINGLE, 1, 10)).containsExactly(single);
        assertThat(one.conversations.list(bert, ALL, 1, 10).get(0).peerUserId()).isEqualTo(anna);
    }

    @Test
    void aRoomThatWasLeftIsGoneOnEveryNodeAndBackWhenEnteredAgain() {
        String stays = create(anna);
        String room = create(bert);
        one.rooms.enter(anna, room);
        assertThat(list(other, anna)).containsExactly(room, stays);
        one.rooms.exit(anna, room);
        assertThat(list(one, anna)).containsExactly(stays);
        assertThat(list(other, anna)).containsExactly(stays);
        clock.advance(Duration.ofSeconds(1));
        one.rooms.enter(anna, room);
        assertThat(list(other, anna)).containsExactly(room, stays);
    }

    @Test
    void aRoomThatWasLeftLeavesNoHoleInAPage() {
        List<String> rooms = new ArrayList<>();
        IntStream.range(0, 4).forEach(i -> rooms.add(0, create(anna)));
        assertThat(list(other, anna, ALL, 1, 2)).isEqualTo(rooms.subList(0, 2));
        one.rooms.exit(anna, rooms.get(1));
        assertThat(list(other, anna, ALL, 1, 2)).containsExactly(rooms.get(0), rooms.get(2));
    }

    @Test
    void pendingActivityIsVisibleOnItsNodeAtOnceAndElsewhereOnceWritten() {
        String first = create(anna);
        String second = create(anna);
        assertThat(list(other, anna)).containsExactly(second, first);
        send(one, anna, first);
        assertThat(list(one, anna)).containsExactly(first, second);
        assertThat(list(other, anna)).containsExactly(second, first);
        one.flush();
        assertThat(list(other, anna)).containsExactly(first, second);
    }

    @Test
    void unreadMessagesAreCountedPerUser() {
        String room = create(anna);
        one.rooms.enter(bert, room);
        send(one, anna, room);
        send(one, anna, room);
        assertThat(one.conversations.list(anna, ALL, 1, 1).get(0).unread()).isZero();
        assertThat(one.conversations.list(bert, ALL, 1, 1).get(0).unread()).isEqualTo(2);
        one.flush();
        send(one, bert, room);
        Conversation ofBert = one.conversations.list(bert, ALL, 1, 1).get(0);
        assertThat(ofBert.unread()).isZero();
        assertThat(ofBert.lastSeq()).isEqualTo(3);
        assertThat(ofBert.lastSenderId()).isEqualTo(bert);
        assertThat(ofBert.lastMessageData()).isEqualTo("text");
        assertThat(ofBert.memberCount()).isEqualTo(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theListMatchesASimpleModel(long seed) {
        Random random = new Random(seed);
        Map<String, Long> active = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            TestNode node = random.nextBoolean() ? one : other;
            clock.advance(Duration.ofMillis(1 + random.nextInt(20_000)));
            int dice = random.nextInt(10);
            String any = active.isEmpty() ? "" : List.copyOf(active.keySet()).get(random.nextInt(active.size()));
            if (any.isEmpty() || dice < 3) {
                active.put(node.rooms.create(anna, ""), clock.millis());
            } else if (dice < 7) {
                node.send(anna, any, "text");
                active.put(any, clock.millis());
                node.flush();
            } else if (dice == 7) {
                // One member stays, so the room is not dismissed.
                node.rooms.enter(bert, any);
                node.rooms.exit(anna, any);
                active.remove(any);
                left.add(any);
            } else if (dice == 8 && !left.isEmpty()) {
                String back = left.remove(random.nextInt(left.size()));
                node.rooms.enter(anna, back);
                active.put(back, clock.millis());
            } else {
                // Clients read page by page, so they come across rooms that the user has left.
                for (int page = 1; page <= 4; page++) {
                    assertThat(list(node, anna, ALL, page, 5))
                            .as("step %d, page %d", step, page)
                            .isEqualTo(pageOf(active, page, 5));
                }
            }
        }
        assertThat(list(one, anna)).isEqualTo(pageOf(active, 1, 100));
        assertThat(list(other, anna)).isEqualTo(pageOf(active, 1, 100));
    }

    private static List<String> pageOf(Map<String, Long> active, int page, int pageSize) {
        return active.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .skip((page - 1L) * pageSize)
                .limit(pageSize)
                .map(Map.Entry::getKey)
                .toList();
    }
}
