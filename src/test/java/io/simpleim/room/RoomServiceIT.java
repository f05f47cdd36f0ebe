package io.simpleim.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Race;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Two nodes that change the members of one room at the same time. Their clocks show the same, the worst case. */
class RoomServiceIT {
    private static final int LIMIT = 5;
    private static final int USERS = 6;

    private static EmbeddedMongo mongo;
    private static TestNode one;
    private static TestNode other;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
        mongo = EmbeddedMongo.inMemory(0);
        one = new TestNode(mongo.address(), clock, 100, LIMIT);
        other = new TestNode(mongo.address(), clock, 100, LIMIT);
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

    private String user(int i) {
        return run + "-" + i;
    }

    /** Whether it was done; refusals are part of the game. */
    private static boolean tried(Runnable change) {
        try {
            change.run();
            return true;
        } catch (RequestRejected e) {
            return false;
        }
    }

    private static List<String> members(String roomId) {
        return one.memberships.membersOf(roomId).stream().map(Member::userId).toList();
    }

    private static void assertConsistent(String roomId) {
        Room room = one.room(roomId);
        List<String> members = members(roomId);
        assertThat(room.memberCount()).isEqualTo(members.size());
        assertThat(room.isOpen()).isEqualTo(!members.isEmpty());
        assertThat(members).hasSizeLessThanOrEqualTo(LIMIT);
        if (room.isOpen() && !room.isSingle()) {
            assertThat(members).contains(room.hostUserId());
        }
        assertThat(members)
                .allSatisfy(userId ->
                        assertThat(one.chatLog.findAll(userId, List.of(roomId))).containsKey(roomId));
    }

    @RepeatedTest(4)
    void anyChangesAtOnceEndInARoomThatFitsItsMembers(RepetitionInfo repetition) {
        long seed = 7919L * repetition.getCurrentRepetition();
        String roomId = one.rooms.create(user(0), "");
        Race.each(USERS, i -> {
            Random random = new Random(seed + i);
            IntStream.range(0, 25).forEach(step -> tried(() -> changeAtRandom(roomId, i, random)));
        });
        assertThat(one.directory.membersOf(one.room(roomId)))
                .as("seed %d", seed)
                .containsExactlyElementsOf(members(roomId));
        assertConsistent(roomId);
    }

    private void changeAtRandom(String roomId, int i, Random random) {
        String anybody = user(random.nextInt(USERS));
        RoomService rooms = node(random.nextInt(2)).rooms;
        switch (random.nextInt(4)) {
            case 0 -> rooms.exit(user(i), roomId);
            case 1 -> rooms.kick(user(i), roomId, anybody);
            default -> rooms.enter(user(i), roomId);
        }
    }

    @RepeatedTest(5)
    void theRoomIsDismissedWhenAllLeaveAtOnce() {
        String roomId = one.rooms.create(user(0), "");
        IntStream.range(1, LIMIT).forEach(i -> one.rooms.enter(user(i), roomId));
        Race.each(LIMIT, i -> node(i).rooms.exit(user(i), roomId));
        assertThat(members(roomId)).isEmpty();
        assertThat(one.room(roomId).isOpen()).isFalse();
        assertThat(tried(() -> other.rooms.enter(user(9), roomId))).isFalse();
        assertThat(members(roomId)).isEmpty();
    }

    @RepeatedTest(5)
    void aUserWhoEntersWhileTheLastMemberLeavesIsAMemberOrRefused() {
        String roomId = one.rooms.create(user(0), "");
        List<Boolean> done = Race.call(
                4,
                i -> tried(() -> {
                    if (i == 0) {
                        one.rooms.exit(user(0), roomId);
                    } else {
                        node(i).rooms.enter(user(i), roomId);
                    }
                }));
        List<String> entered =
                IntStream.range(1, 4).filter(done::get).mapToObj(this::user).toList();
        assertThat(members(roomId)).containsExactlyInAnyOrderElementsOf(entered);
        assertConsistent(roomId);
    }

    @RepeatedTest(10)
    void theLimitHoldsHoweverManyEnterAtOnce() {
        String roomId = one.rooms.create(user(0), "");
        List<Boolean> entered = Race.call(12, i -> tried(() -> node(i).rooms.enter(user(12 - i), roomId)));
        List<String> members = members(roomId);
        assertThat(members).hasSizeLessThanOrEqualTo(LIMIT);
        assertThat(entered.stream().filter(done -> done)).hasSize(members.size() - 1);
        assertConsistent(roomId);
    }

    /** The first try had deleted the membership and failed before the room knew of it. */
    @Test
    void aUserWhoseLeaveFailedHalfwayCanEnterAgain() {
        String roomId = one.rooms.create(user(0), "");
        one.rooms.enter(user(1), roomId);
        assertThat(one.directory.membersOf(one.room(roomId))).contains(user(1));
        one.memberships.delete(roomId, user(1));

        one.rooms.enter(user(1), roomId);

        assertThat(one.memberships.roomsAmong(user(1), List.of(roomId))).containsExactly(roomId);
    }

    @Test
    void aKickThatFailedHalfwayIsCompleted() {
        String roomId = one.rooms.create(user(0), "");
        one.rooms.enter(user(1), roomId);
        assertThat(one.directory.membersOf(one.room(roomId))).contains(user(1));
        one.memberships.delete(roomId, user(1));

        one.rooms.kick(user(0), roomId, user(1));

        assertThat(one.directory.membersOf(one.room(roomId))).containsExactly(user(0));
        assertThat(one.room(roomId).memberCount()).isEqualTo(1);
    }

    @Test
    void refusesUsersWhoEnterAFullRoom() {
        String roomId = one.rooms.create(user(0), "");
        IntStream.range(1, LIMIT).forEach(i -> one.rooms.enter(user(i), roomId));
        assertThat(one.room(roomId).memberCount()).isEqualTo(LIMIT);
        assertThat(catchThrowableOfType(RequestRejected.class, () -> other.rooms.enter(user(LIMIT), roomId))
                        .error())
                .isEqualTo(ApiError.ROOM_FULL);
        other.rooms.exit(user(1), roomId);
        one.rooms.enter(user(LIMIT), roomId);
        assertConsistent(roomId);
    }

    @RepeatedTest(20)
    void aUserWhoEntersAgainWhileLeavingIsAMemberAndListsTheRoom() {
        String roomId = one.rooms.create(user(0), "");
        one.rooms.enter(user(1), roomId);
        Race.each(2, i -> {
            if (i == 0) {
                one.rooms.exit(user(1), roomId);
            } else {
                for (int tries = 0; tries < 5; tries++) {
                    other.rooms.enter(user(1), roomId);
                }
            }
        });
        assertConsistent(roomId);
    }

    @RepeatedTest(10)
    void twoUsersGetOneRoomEvenIfSeveralNodesCreateIt() {
        List<Room> rooms = Race.call(6, i -> node(i).rooms.singleRoom(user(i % 2), user(1 - i % 2)));
        assertThat(rooms).extracting(Room::roomId).containsOnly(rooms.get(0).roomId());
        Room room = one.room(rooms.get(0).roomId());
        assertThat(room.userIds()).containsExactlyInAnyOrder(user(0), user(1));
        assertThat(members(room.roomId())).containsExactlyInAnyOrder(user(0), user(1));
        assertConsistent(room.roomId());
    }
}
