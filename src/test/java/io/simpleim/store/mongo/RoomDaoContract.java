package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class RoomDaoContract extends DaoContract {
    private RoomDao rooms;

    @Override
    void createDao(MongoStore store) {
        rooms = new RoomDao(store);
        rooms.createIndexes();
    }

    private static Room room(String roomId) {
        Room.Head none = new Room.Head(0, "", "", 1000);
        return new Room(roomId, RoomType.GROUP, RoomStatus.OPEN, "host", List.of(), 1, 1, "", none, 1000);
    }

    private static Room.Head head(long seq) {
        return new Room.Head(seq, "sender" + seq, "message" + seq, 1000 + seq);
    }

    @Test
    void givesBackWhatWasStored() {
        Room pair =
                new Room("pair", RoomType.SINGLE, RoomStatus.OPEN, "", List.of("a", "b"), 2, 1, "name", head(3), 1000);
        assertThat(rooms.insert(pair)).isTrue();
        assertThat(rooms.find("pair")).contains(pair);
        assertThat(rooms.find("other")).isEmpty();
    }

    @Test
    void renamesAnOpenRoomForItsHostAndNobodyElse() {
        rooms.insert(room("r"));
        rooms.insert(room("dismissed"));
        rooms.changeMembers("dismissed", 1, 0, "host", RoomStatus.DISMISSED);

        assertThat(rooms.rename("r", "host", "new")).isTrue();
        assertThat(rooms.rename("r", "host", "new")).as("again").isTrue();
        assertThat(rooms.rename("r", "guest", "other")).isFalse();
        assertThat(rooms.rename("dismissed", "host", "new")).isFalse();
        assertThat(rooms.rename("unknown", "host", "new")).isFalse();

        assertThat(rooms.find("r").orElseThrow().name()).isEqualTo("new");
        assertThat(rooms.find("dismissed").orElseThrow().name()).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoRoomsOfOneId() {
        rooms.insert(room("r"));
        rooms.advanceLazily(Map.of("r", head(5)));
        assertThat(rooms.insert(room("r"))).isFalse();
        assertThat(rooms.find("r").orElseThrow().head()).isEqualTo(head(5));
    }

    @Test
    void storesARoomOnceWhenManyDoAtTheSameMoment() {
        assertThat(Race.call(8, i -> rooms.insert(room("r")))).containsOnlyOnce(true);
        assertThat(collection("room").countDocuments()).isEqualTo(1);
    }

    @Test
    void findsThoseOfSomeRoomsThatAreThere() {
        rooms.insert(room("r1"));
        rooms.insert(room("r2"));
        rooms.insert(room("r3"));
        assertThat(rooms.findAll(List.of("r1", "r3", "r4")).keySet()).containsExactlyInAnyOrder("r1", "r3");
        assertThat(rooms.findAll(List.of())).isEmpty();
    }

    @Test
    void movesTheHeadsOfSeveralRoomsOn() {
        rooms.insert(room("r1"));
        rooms.insert(room("r2"));
        rooms.advanceLazily(Map.of("r1", head(1), "r2", head(7), "unknown", head(1)));
        assertThat(rooms.find("r1").orElseThrow().head()).isEqualTo(head(1));
        assertThat(rooms.find("r2").orElseThrow().head()).isEqualTo(head(7));
        assertThat(rooms.find("unknown")).isEmpty();
    }

    @Test
    void neverMovesAHeadBack() {
        rooms.insert(room("r"));
        rooms.advanceLazily(Map.of("r", head(5)));
        rooms.advanceLazily(Map.of("r", head(4)));
        rooms.advanceLazily(Map.of("r", new Room.Head(5, "other", "other", 1)));
        assertThat(rooms.find("r").orElseThrow().head()).isEqualTo(head(5));
    }

    @Test
    void endsAtTheNewestHeadInWhateverOrderNodesWriteThem() {
        rooms.insert(room("r"));
        Race.each(
                8, i -> LongStream.rangeClosed(1, 20).forEach(n -> rooms.advanceLazily(Map.of("r", head(n * 8 - i)))));
        assertThat(rooms.find("r").orElseThrow().head()).isEqualTo(head(160));
    }

    @Test
    void tellsHowFarSomeRoomsHaveGot() {
        rooms.insert(room("r1"));
        rooms.insert(room("r2"));
        rooms.advanceLazily(Map.of("r2", head(7)));
        assertThat(rooms.lastSeqs(List.of("r1", "r2", "r3"))).isEqualTo(Map.of("r1", 0L, "r2", 7L));
    }

    @Test
    void changesTheMembersOnlyUnderTheVersionThatWasRead() {
        rooms.insert(room("r"));
        assertThat(rooms.changeMembers("r", 1, 2, "anna", RoomStatus.OPEN)).isTrue();
        assertThat(rooms.changeMembers("r", 1, 9, "bert", RoomStatus.DISMISSED)).isFalse();
        assertThat(rooms.changeMembers("unknown", 1, 9, "bert", RoomStatus.OPEN))
                .isFalse();
        Room changed = rooms.find("r").orElseThrow();
        assertThat(changed.membersVersion()).isEqualTo(2);
        assertThat(changed.memberCount()).isEqualTo(2);
        assertThat(changed.hostUserId()).isEqualTo("anna");
        assertThat(changed.isOpen()).isTrue();
    }

    @Test
    void letsOneOfManyChangeTheMembersOfAVersion() {
        rooms.insert(room("r"));
        assertThat(Race.call(8, i -> rooms.changeMembers("r", 1, i, "host" + i, RoomStatus.OPEN)))
                .containsOnlyOnce(true);
        assertThat(rooms.find("r").orElseThrow().membersVersion()).isEqualTo(2);
    }

    @Test
    void leavesTheHeadAloneWhenTheMembersChangeAndTheOtherWayRound() {
        rooms.insert(room("r"));
        rooms.advanceLazily(Map.of("r", head(3)));
        rooms.changeMembers("r", 1, 2, "anna", RoomStatus.OPEN);
        rooms.advanceLazily(Map.of("r", head(4)));
        Room changed = rooms.find("r").orElseThrow();
        assertThat(changed.head()).isEqualTo(head(4));
        assertThat(changed.hostUserId()).isEqualTo("anna");
    }

    @Test
    void writesThePublishedFields() {
        rooms.insert(room("r"));
        assertThat(only("room").keySet())
                .contains(
                        "room_id",
                        "room_type",
                        "room_status",
                        "room_host_user_id",
                        "last_user_id",
                        "last_message_id",
                        "last_message_updated_at",
                        "created_at");
    }

    @Test
    void readsNumbersOfAnyWidthAndMovesThemOn() {
        collection("room")
                .insertOne(new Document("room_id", "old")
                        .append("room_type", 2L)
                        .append("room_status", 1.0)
                        .append("last_seq", 3)
                        .append("members_version", 4.0)
                        .append("created_at", 1000));
        rooms.advanceLazily(Map.of("old", head(3)));
        assertThat(rooms.find("old").orElseThrow().head().messageId()).isEmpty();
        rooms.advanceLazily(Map.of("old", head(4)));
        assertThat(rooms.changeMembers("old", 4, 1, "anna", RoomStatus.OPEN)).isTrue();
        Room read = rooms.find("old").orElseThrow();
        assertThat(read.head()).isEqualTo(head(4));
        assertThat(read.type()).isEqualTo(RoomType.GROUP);
        assertThat(read.isOpen()).isTrue();
        assertThat(read.createdAt()).isEqualTo(1000);
        assertThat(read.userIds()).isEmpty();
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        rooms.createIndexes();
        assertThat(collection("room").listIndexes()).hasSize(2);
    }
}
