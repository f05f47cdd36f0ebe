package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.ImUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of a user's rooms. */
interface RoomListContract extends ApiSuite {
    @Test
    default void groupItemHasAllPublishedFields() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        JsonObject sent = guest.say(roomId, "latest").data();

        JsonObject item = host.rooms().get(0).getAsJsonObject();

        assertThat(item.keySet())
                .contains(
                        "RoomId",
                        "RoomType",
                        "RoomStatus",
                        "RoomHostUserId",
                        "LastUserId",
                        "LastMessageId",
                        "LastMessageUpdatedAt",
                        "CreateAt",
                        "LastSeq",
                        "ReadSeq",
                        "Unread",
                        "MemberCount",
                        "Name",
                        "LastMessageData");
        assertThat(item.get("RoomId").getAsString()).isEqualTo(roomId);
        assertThat(item.get("RoomType").getAsInt()).isEqualTo(2);
        assertThat(item.get("RoomStatus").getAsInt()).isEqualTo(1);
        assertThat(item.get("RoomHostUserId").getAsString()).isEqualTo(host.id());
        assertThat(item.get("LastUserId").getAsString()).isEqualTo(guest.id());
        assertThat(item.get("LastMessageId")).isEqualTo(sent.get("message_id"));
        assertThat(item.get("LastMessageUpdatedAt")).isEqualTo(sent.get("created_at"));
        assertThat(item.get("CreateAt").getAsLong()).isPositive();
        assertThat(item.get("LastSeq").getAsLong()).isEqualTo(1);
        assertThat(item.get("MemberCount").getAsInt()).isEqualTo(2);
        assertThat(item.get("LastMessageData").getAsString()).isEqualTo("latest");
        assertThat(item.has("PeerUserId")).isFalse();
    }

    @Test
    default void singleChatItemNamesThePeer() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        one.write(other.id(), "m");

        JsonObject forOne = one.rooms().get(0).getAsJsonObject();
        JsonObject forOther = other.rooms().get(0).getAsJsonObject();

        assertThat(forOne.get("RoomType").getAsInt()).isEqualTo(1);
        assertThat(forOne.get("PeerUserId").getAsString()).isEqualTo(other.id());
        assertThat(forOther.get("PeerUserId").getAsString()).isEqualTo(one.id());
        assertThat(forOne.get("MemberCount").getAsInt()).isEqualTo(2);
    }

    @Test
    default void emptyRoomItemHasAllPublishedFields() {
        ImUser host = anyUser();
        host.roomWith();
        JsonObject item = host.rooms().get(0).getAsJsonObject();

        assertThat(item.get("LastUserId").getAsString()).isEmpty();
        assertThat(item.get("LastMessageId").getAsString()).isEmpty();
        assertThat(item.get("LastMessageData").getAsString()).isEmpty();
        assertThat(item.get("LastSeq").getAsLong()).isZero();
        assertThat(item.get("Unread").getAsLong()).isZero();
    }

    @Test
    default void mostRecentlyActiveRoomComesFirst() {
        ImUser user = anyUser();
        ImUser other = anyUser();
        String first = user.roomWith(other);
        String second = user.roomWith();
        String third = user.write(other.id(), "m").data().get("room_id").getAsString();

        assertThat(ids(user.rooms())).containsExactly(third, second, first);
        other.say(first, "moves to the front");
        assertThat(ids(user.rooms())).containsExactly(first, third, second);
        user.say(second, "so does this");
        assertThat(ids(user.rooms())).containsExactly(second, first, third);
        assertThat(ids(other.rooms())).containsExactly(first, third);
    }

    @Test
    default void listCanBeFilteredByType() {
        ImUser user = anyUser();
        String group = user.roomWith();
        String single = user.write(anyUser().id(), "m").data().get("room_id").getAsString();

        assertThat(ids(user.rooms("room_type", 1))).containsExactly(single);
        assertThat(ids(user.rooms("room_type", 2))).containsExactly(group);
        assertThat(ids(user.rooms())).containsExactly(single, group);
    }

    @Test
    default void listIsPaged() {
        ImUser user = anyUser();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            newestFirst.add(0, user.roomWith());
        }

        assertThat(ids(user.rooms())).isEqualTo(newestFirst.subList(0, 20));
        assertThat(ids(user.rooms("page", 2))).isEqualTo(newestFirst.subList(20, 21));
        assertThat(ids(user.rooms("page", 3, "page_size", 5))).isEqualTo(newestFirst.subList(10, 15));
        assertThat(ids(user.rooms("page_size", 100))).isEqualTo(newestFirst);
        assertThat(user.rooms("page", 3)).isEmpty();
        assertThat(user.rooms("page", Integer.MAX_VALUE, "page_size", 100)).isEmpty();
        assertThat(user.rooms("page", "99999999999")).isEmpty();
    }

    @Test
    default void userWithoutRoomsGetsAnEmptyList() {
        assertThat(anyUser().rooms()).isEmpty();
    }

    @Test
    default void leftKickedAndDismissedRoomsAreNotListed() {
        ImUser user = anyUser();
        ImUser other = anyUser();
        String left = other.roomWith(user);
        String kicked = other.roomWith(user);
        String dismissed = user.roomWith();
        String kept = user.roomWith();
        user.exit(left);
        other.kick(kicked, user.id());
        user.exit(dismissed);
        other.say(left, "m");
        other.say(kicked, "m");

        assertThat(ids(user.rooms())).containsExactly(kept);
        assertThat(ids(other.rooms())).containsExactly(kicked, left);
    }

    @Test
    default void aPageIsFullEvenWhenRoomsAboveItAreGone() {
        ImUser user = anyUser();
        String oldest = user.roomWith();
        String middle = user.roomWith();
        String gone = user.roomWith();
        assertThat(user.rooms()).hasSize(3);
        user.exit(gone);

        assertThat(ids(user.rooms("page_size", 2))).containsExactly(middle, oldest);
    }

    @Test
    default void reenteredRoomIsListedAgain() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        guest.exit(roomId);
        assertThat(guest.rooms()).isEmpty();
        guest.enter(roomId);

        assertThat(ids(guest.rooms())).containsExactly(roomId);
    }

    @Test
    default void unreadCountsMessagesOfOthersSinceTheUserLastSent() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        String roomId = one.roomWith(other);
        one.say(roomId, "1");
        one.say(roomId, "2");

        assertThat(unread(other)).isEqualTo(2);
        assertThat(unread(one)).isZero();
        other.say(roomId, "3");
        assertThat(unread(other)).isZero();
        assertThat(unread(one)).isEqualTo(1);
        assertThat(one.rooms().get(0).getAsJsonObject().get("ReadSeq").getAsLong())
                .isEqualTo(2);
    }

    @Test
    default void newMemberHasNothingUnread() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith();
        host.say(roomId, "1");
        guest.enter(roomId);
        assertThat(unread(guest)).isZero();
        host.say(roomId, "2");
        assertThat(unread(guest)).isEqualTo(1);
    }

    private static long unread(ImUser user) {
        return user.rooms().get(0).getAsJsonObject().get("Unread").getAsLong();
    }

    private static List<String> ids(JsonArray rooms) {
        return rooms.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(item -> item.get("RoomId").getAsString())
                .toList();
    }
}
