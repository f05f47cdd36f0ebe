package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.StoredDocuments;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The members of a room and their read positions. */
interface MembersContract extends ApiSuite {
    @Test
    default void longestStandingMembersAreListedFirst() {
        ImUser host = anyUser();
        ImUser second = anyUser();
        ImUser third = anyUser();
        String roomId = host.roomWith(second, third);
        second.exit(roomId);
        second.enter(roomId);

        List<JsonObject> items = items(third, roomId);

        assertThat(ids(items)).containsExactly(host.id(), third.id(), second.id());
        assertThat(items).allSatisfy(item -> {
            assertThat(item.keySet()).containsExactlyInAnyOrder("UserId", "IsHost", "ReadSeq", "CreateAt");
            assertThat(item.get("CreateAt").getAsLong()).isEqualTo(enteredAt(item, roomId));
        });
        assertThat(items).extracting(item -> item.get("IsHost").getAsBoolean()).containsExactly(true, false, false);
        host.exit(roomId);
        assertThat(items(third, roomId))
                .extracting(item -> item.get("IsHost").getAsBoolean())
                .containsExactly(true, false);
    }

    private long enteredAt(JsonObject item, String roomId) {
        try (StoredDocuments stored = stored()) {
            return stored.one(
                            "user_room",
                            "_id",
                            roomId + ":" + item.get("UserId").getAsString())
                    .get("created_at", Number.class)
                    .longValue();
        }
    }

    @Test
    default void listIsPagedAndAPagePastTheEndIsEmpty() {
        ImUser host = anyUser();
        ImUser second = anyUser();
        ImUser third = anyUser();
        String roomId = host.roomWith(second, third);

        assertThat(ids(items(host, roomId, "page_size", 2))).containsExactly(host.id(), second.id());
        assertThat(ids(items(host, roomId, "page_size", 2, "page", 2))).containsExactly(third.id());
        assertThat(items(host, roomId, "page_size", 2, "page", 3)).isEmpty();
        assertThat(items(host, roomId, "page", "99999999999999")).isEmpty();
    }

    @Test
    default void bothUsersOfASingleChatAreMembersAndNeitherIsHost() {
        ImUser one = anyUser();
        ImUser peer = anyUser();
        String roomId = one.write(peer.id(), "m").data().get("room_id").getAsString();

        List<JsonObject> items = items(peer, roomId);

        assertThat(ids(items)).containsExactlyInAnyOrder(one.id(), peer.id()).isSorted();
        assertThat(items).allSatisfy(item -> {
            assertThat(item.get("IsHost").getAsBoolean()).isFalse();
            assertThat(item.get("CreateAt").getAsLong()).isEqualTo(enteredAt(item, roomId));
        });
        assertThat(readSeq(peer, roomId, one)).isEqualTo(1);
        assertThat(readSeq(one, roomId, peer)).isZero();
        assertThat(ids(items(one, roomId, "page_size", 1, "page", 2)))
                .isEqualTo(ids(items).subList(1, 2));
    }

    @Test
    default void readPositionShowsAtOnceAndNeverMovesBack() {
        ImUser host = anyUser();
        ImUser reader = anyUser();
        String roomId = host.roomWith(reader);
        host.sayMany(roomId, 1, 4);
        assertThat(readSeq(host, roomId, reader)).isZero();
        try (ImSocket socket = reader.connectLiveOnly()) {
            Pushes.ask(socket, "op", "ack", "room_id", roomId, "seq", 4);
            assertThat(readSeq(host, roomId, reader)).isZero();
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 3);
            assertThat(readSeq(host, roomId, reader)).isEqualTo(3);
            Pushes.ask(socket, "op", "read", "room_id", roomId, "seq", 2);
            assertThat(readSeq(host, roomId, reader)).isEqualTo(3);
        }
        // Sending counts as reading.
        reader.say(roomId, "five");
        assertThat(readSeq(host, roomId, reader)).isEqualTo(5);
        assertThat(readSeq(host, roomId, host)).isEqualTo(4);
        // A new member has nothing unread.
        ImUser late = anyUser();
        late.enter(roomId);
        assertThat(readSeq(host, roomId, late)).isEqualTo(5);
    }

    @Test
    default void formerMembersCannotListMembers() {
        ImUser host = anyUser();
        ImUser left = anyUser();
        ImUser kicked = anyUser();
        String roomId = host.roomWith(left, kicked);
        left.exit(roomId);
        host.kick(roomId, kicked.id());

        assertThat(left.members(roomId).error()).isEqualTo("not_in_room");
        assertThat(kicked.members(roomId).error()).isEqualTo("not_in_room");
        assertThat(ids(items(host, roomId))).containsExactly(host.id());
        host.exit(roomId);
        assertThat(host.members(roomId).error()).isEqualTo("room_not_found");
    }

    private static List<JsonObject> items(ImUser user, String roomId, Object... namesAndValues) {
        return StreamSupport.stream(user.members(roomId, namesAndValues).list().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<String> ids(List<JsonObject> items) {
        return items.stream().map(item -> item.get("UserId").getAsString()).toList();
    }

    private static long readSeq(ImUser asking, String roomId, ImUser of) {
        return items(asking, roomId).stream()
                .filter(item -> item.get("UserId").getAsString().equals(of.id()))
                .findFirst()
                .orElseThrow()
                .get("ReadSeq")
                .getAsLong();
    }
}
