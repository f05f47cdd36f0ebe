package io.simpleim.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.dispatch.Sender;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members of rooms and their names, on two nodes over one store. */
class MemberServiceIT {
    private static final int SHOWN = 100;

    private static EmbeddedMongo mongo;
    private static TestNode one;
    private static TestNode other;

    private final String anna = UUID.randomUUID().toString();
    private final String bert = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
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

    private static List<String> ids(List<RoomMember> items) {
        return items.stream().map(RoomMember::userId).toList();
    }

    /** Writes a room directly to the store: with the members {@code m1}, {@code m2}, … besides the host. */
    private String roomOf(int members) {
        String roomId = one.rooms.create(anna, "");
        for (int i = 1; i < members; i++) {
            one.memberships.insert(new Member("m" + i, roomId, 2_000_000_000L + i / 10));
        }
        Room room = one.room(roomId);
        one.roomDao.changeMembers(roomId, room.membersVersion(), members, anna, room.status());
        return roomId;
    }

    @Test
    void thePagesOfALargeRoomNeitherOverlapNorSkipMembers() {
        String roomId = roomOf(205);
        List<String> all = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            all.addAll(ids((page % 2 == 0 ? one : other).members.list(anna, roomId, page, 100)));
        }
        List<String> expected = new ArrayList<>(List.of(anna));
        IntStream.rangeClosed(0, 20)
                .forEach(moment -> IntStream.range(moment * 10, moment * 10 + 10)
                        .filter(i -> i > 0 && i < 205)
                        .mapToObj(i -> "m" + i)
                        .sorted()
                        .forEach(expected::add));
        assertThat(all).isEqualTo(expected);
        assertThat(one.members.list(anna, roomId, 4, 100)).isEmpty();
        assertThat(one.members.list(anna, roomId, Integer.MAX_VALUE, 100)).isEmpty();
    }

    @Test
    void readPositionsAreShownInRoomsThatPushThem() {
        String shown = roomOf(SHOWN);
        String large = roomOf(SHOWN + 1);
        for (String roomId : List.of(shown, large)) {
            one.send(anna, roomId, "text");
        }
        assertThat(one.members.list(anna, shown, 1, 1).get(0).readSeq()).isEqualTo(1);
        assertThat(one.members.list(anna, shown, 1, 2).get(1).readSeq()).isZero();
        assertThat(one.members.list(anna, large, 1, 100))
                .extracting(RoomMember::readSeq)
                .containsOnlyNulls();
    }

    @Test
    void readPositionsAreVisibleOnThisNodeAtOnceAndOnOthersOnceWritten() {
        String roomId = one.rooms.create(anna, "");
        one.rooms.enter(bert, roomId);
        IntStream.range(0, 3).forEach(i -> one.send(anna, roomId, "text"));
        one.reading.read(new Sender(bert, connection -> false), roomId, 2);
        assertThat(readSeqs(one, roomId)).containsExactly(3L, 2L);
        assertThat(readSeqs(other, roomId)).containsExactly(0L, 0L);
        one.flush();
        assertThat(readSeqs(one, roomId)).containsExactly(3L, 2L);
        assertThat(readSeqs(other, roomId)).containsExactly(3L, 2L);
    }

    private List<Long> readSeqs(TestNode node, String roomId) {
        List<RoomMember> items = node.members.list(anna, roomId, 1, 20);
        return List.of(anna, bert).stream()
                .map(id -> items.stream()
                        .filter(item -> item.userId().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .readSeq())
                .toList();
    }

    /** After an exit that failed halfway, the room still has the version under which the user was a member. */
    @Test
    void aMemberWhoIsNoLongerStoredIsNotListed() {
        String roomId = one.rooms.create(anna, "");
        one.rooms.enter(bert, roomId);
        assertThat(one.members.list(anna, roomId, 1, 20)).hasSize(2);
        one.memberships.delete(roomId, bert);
        assertThat(ids(one.members.list(anna, roomId, 1, 20))).containsExactly(anna);
    }

    /** The host leaves on another node between the two queries of the first attempt. */
    @Test
    void aUserWhoIsNoLongerHostCannotRename() {
        String roomId = one.rooms.create(anna, "before");
        one.rooms.enter(bert, roomId);
        other.rooms.exit(anna, roomId);
        assertThat(one.roomDao.rename(roomId, anna, "after")).isFalse();
        assertThat(catchThrowableOfType(RequestRejected.class, () -> one.roomNames.rename(anna, roomId, "after"))
                        .error())
                .isEqualTo(ApiError.NOT_ROOM_HOST);
        assertThat(one.room(roomId).name()).isEqualTo("before");
        other.roomNames.rename(bert, roomId, "after");
        assertThat(one.room(roomId).name()).isEqualTo("after");
    }
}
