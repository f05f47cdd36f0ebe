package io.simpleim.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.Race;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reading costs, in commands to the store: the same however much there is, and however deep the page. */
class ReadingCostIT {
    private static final int FEW = 10;
    private static final int MANY = 3000;
    private static final int PAGE_SIZE = 5;

    private static EmbeddedMongo mongo;
    private static MongoProxy counted;
    private static TestNode node;

    private final String anna = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.inMemory(0);
        counted = new MongoProxy(mongo.address());
        node = new TestNode(counted.address(), Clock.systemUTC(), 4 * MANY, 10);
    }

    @AfterAll
    static void stop() {
        node.close();
        counted.close();
        mongo.close();
    }

    @Test
    void aPageOfTheConversationListCostsTheSame() {
        int first = commandsOfListing(FEW, 1);
        assertThat(first).isPositive();
        assertThat(commandsOfListing(FEW, FEW / PAGE_SIZE)).isEqualTo(first);
        assertThat(commandsOfListing(MANY, 1)).isEqualTo(first);
        // Where the order is cached, the read positions take another query.
        assertThat(commandsOfListing(MANY, MANY / PAGE_SIZE)).isEqualTo(first + 1);
    }

    @Test
    void aPageOfHistoryCostsTheSame() {
        for (IntFunction<List<HistoryEntry>> read : readings(FEW, MANY)) {
            int few = commandsOf(() -> assertThat(read.apply(FEW)).hasSize(PAGE_SIZE));
            int many = commandsOf(() -> assertThat(read.apply(MANY)).hasSize(PAGE_SIZE));
            assertThat(few).isPositive().isEqualTo(many);
        }
    }

    /** The room, the memberships and the read positions; large rooms do not need the latter. */
    @Test
    void aPageOfMembersTakesAFewQueriesInARoomOfAnySize() {
        String few = roomOf(FEW);
        String many = roomOf(MANY);
        for (int page : new int[] {1, 2}) {
            assertThat(commandsOfMembers(few, page)).isEqualTo(3);
        }
        for (int page : new int[] {1, MANY / PAGE_SIZE}) {
            assertThat(commandsOfMembers(many, page)).isEqualTo(2);
        }
    }

    private int commandsOfMembers(String roomId, int page) {
        return commandsOf(() ->
                assertThat(node.members.list(anna, roomId, page, PAGE_SIZE)).hasSize(PAGE_SIZE));
    }

    private String roomOf(int members) {
        String roomId = node.rooms.create(anna, "");
        Race.each(
                4,
                thread -> IntStream.range(1, members)
                        .filter(i -> i % 4 == thread)
                        .forEach(i -> node.memberships.insert(new Member("m" + i, roomId, i))));
        node.roomDao.changeMembers(roomId, 1, members, anna, RoomStatus.OPEN);
        // The members are remembered from the first reading on.
        node.members.list(anna, roomId, 1, 1);
        return roomId;
    }

    /** The room, the entries, the texts; and the ends of two lists, the rooms, the memberships, what is newer. */
    @Test
    void aFirstPageTakesAFewQueries() {
        String roomId = roomWith(FEW);
        assertThat(commandsOf(() -> node.history.page(anna, roomId, 1, PAGE_SIZE)))
                .isEqualTo(3);
        assertThat(commandsOf(() -> node.history.before(anna, roomId, FEW, PAGE_SIZE)))
                .isEqualTo(3);
        assertThat(commandsOf(() -> node.history.after(anna, roomId, 1, PAGE_SIZE)))
                .isEqualTo(3);
        assertThat(commandsOfListing(FEW, 1)).isEqualTo(5);
    }

    private int commandsOfListing(int rooms, int page) {
        String userId = anna + rooms;
        if (node.conversations.list(userId, 0, 1, 1).isEmpty()) {
            enterMany(userId, rooms);
        }
        // Whoever reads deep for the first time has the order of the list loaded.
        node.conversations.list(userId, 0, page, PAGE_SIZE);
        return commandsOf(() ->
                assertThat(node.conversations.list(userId, 0, page, PAGE_SIZE)).hasSize(PAGE_SIZE));
    }

    /** Each room has its activity a minute after the one before. */
    private void enterMany(String userId, int rooms) {
        int threads = 4;
        Race.each(threads, thread -> {
            for (int i = thread; i < rooms; i += threads) {
                String roomId = userId + i;
                node.memberships.insert(new Member(userId, roomId, i));
                Room.Head none = new Room.Head(0, "", "", 1000);
                node.roomDao.insert(
                        new Room(roomId, RoomType.GROUP, RoomStatus.OPEN, userId, List.of(), 1, 1, "", none, 1000));
            }
        });
        node.chatLog.advance(IntStream.range(0, rooms)
                .mapToObj(i -> new ConversationEntry(userId, userId + i, RoomType.GROUP, 60_000L * i, 0))
                .toList());
    }

    private List<IntFunction<List<HistoryEntry>>> readings(int few, int many) {
        String fewMessages = roomWith(few);
        String manyMessages = roomWith(many);
        IntFunction<String> room = size -> size == few ? fewMessages : manyMessages;
        return List.of(
                size -> node.history.page(anna, room.apply(size), 1, PAGE_SIZE),
                size -> node.history.page(anna, room.apply(size), size / PAGE_SIZE, PAGE_SIZE),
                size -> node.history.before(anna, room.apply(size), PAGE_SIZE + 1, PAGE_SIZE),
                size -> node.history.after(anna, room.apply(size), 0, PAGE_SIZE),
                size -> node.history.after(anna, room.apply(size), size - PAGE_SIZE, PAGE_SIZE));
    }

    private String roomWith(int messages) {
        String roomId = node.rooms.create(anna, "");
        List<CompletableFuture<?>> results = IntStream.range(0, messages)
                .mapToObj(i -> TestNode.draft(roomId, anna, "id" + i, "text"))
                .<CompletableFuture<?>>map(node::append)
                .toList();
        results.forEach(CompletableFuture::join);
        // The members are remembered from the first reading on.
        node.history.page(anna, roomId, 1, 1);
        return roomId;
    }

    private static int commandsOf(Runnable reading) {
        counted.takeCommands();
        reading.run();
        return counted.takeCommands();
    }
}
