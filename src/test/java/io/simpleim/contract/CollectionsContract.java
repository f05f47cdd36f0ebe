package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The documents that partners read directly in MongoDB. */
interface CollectionsContract extends ApiSuite {
    /** The published fields that every document has. */
    Map<String, Set<String>> FIELDS = Map.of(
            "message", Set.of("message_id", "message_data", "created_at", "message_status"),
            "user",
                    Set.of(
                            "user_id",
                            "login_status",
                            "last_login_time",
                            "last_login_out_time",
                            "user_status",
                            "created_at"),
            "room",
                    Set.of(
                            "room_id",
                            "room_type",
                            "room_status",
                            "room_host_user_id",
                            "last_user_id",
                            "last_message_id",
                            "last_message_updated_at",
                            "created_at"),
            "user_room", Set.of("user_id", "room_id", "created_at"),
            "user_message", Set.of("room_id", "message_id", "send_user_id", "created_at", "send_status"),
            "user_room_chat_log", Set.of("user_id", "room_id", "created_at", "updated_at"));

    @Test
    default void everyDocumentHasThePublishedFields() {
        ImUser one = anyUser();
        ImUser other = anyUser();
        String group = one.roomWith(other);
        JsonObject toGroup = one.say(group, "m").data();
        JsonObject toUser = one.write(other.id(), "m").data();
        try (StoredDocuments stored = stored()) {
            hasFields("user", stored.all("user", "user_id", one.id()));
            for (JsonObject sent : List.of(toGroup, toUser)) {
                String messageId = sent.get("message_id").getAsString();
                String roomId = sent.get("room_id").getAsString();
                hasFields("message", stored.all("message", "message_id", messageId));
                hasFields("user_message", stored.all("user_message", "message_id", messageId));
                hasFields("room", stored.all("room", "room_id", roomId));
                hasFields("user_room", stored.all("user_room", "room_id", roomId));
                hasFields("user_room_chat_log", stored.all("user_room_chat_log", "room_id", roomId));
            }
        }
    }

    @Test
    default void emptyRoomHasThePublishedFields() {
        String roomId = anyUser().roomWith();
        try (StoredDocuments stored = stored()) {
            hasFields("room", stored.all("room", "room_id", roomId));
            hasFields("user_room_chat_log", stored.all("user_room_chat_log", "room_id", roomId));
        }
    }

    @Test
    default void theRoomNamesItsLatestMessage() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        host.say(roomId, "first");
        JsonObject sent = guest.say(roomId, "latest").data();
        try (StoredDocuments stored = stored()) {
            // The update arrives a moment later.
            Awaitility.await().untilAsserted(() -> {
                Document room = stored.one("room", "room_id", roomId);
                assertThat(room.getString("last_user_id")).isEqualTo(guest.id());
                assertThat(room.getString("last_message_id"))
                        .isEqualTo(sent.get("message_id").getAsString());
                assertThat(room.get("last_message_updated_at", Number.class).longValue())
                        .isEqualTo(sent.get("created_at").getAsLong());
            });
        }
    }

    @Test
    default void chatLogEntryOfEveryMemberFollowsTheRoom() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        long sent = host.say(roomId, "m").data().get("created_at").getAsLong();
        try (StoredDocuments stored = stored()) {
            for (ImUser member : List.of(host, guest)) {
                // Entries are batched and written a moment later.
                Awaitility.await()
                        .untilAsserted(() -> assertThat(
                                        stored.one("user_room_chat_log", "room_id", roomId, "user_id", member.id())
                                                .get("updated_at", Number.class)
                                                .longValue())
                                .isGreaterThanOrEqualTo(sent));
            }
        }
    }

    @Test
    default void timesAreStoredAsUnixSeconds() {
        long before = System.currentTimeMillis() / 1000;
        ImUser user = anyUser();
        String roomId = user.roomWith();
        try (StoredDocuments stored = stored()) {
            assertThat(stored.one("user", "user_id", user.id())
                            .get("created_at", Number.class)
                            .longValue())
                    .isBetween(before, before + 60);
            assertThat(stored.one("room", "room_id", roomId)
                            .get("created_at", Number.class)
                            .longValue())
                    .isBetween(before, before + 60);
            assertThat(stored.one("user_room", "room_id", roomId)
                            .get("created_at", Number.class)
                            .longValue())
                    .isBetween(before, before + 60);
        }
    }

    @Test
    default void requiredIndexesExist() {
        try (StoredDocuments stored = stored()) {
            assertThat(stored.indexes("user")).contains("unique user_id");
            assertThat(stored.indexes("room")).contains("unique room_id");
            assertThat(stored.indexes("message")).contains("unique message_id");
            assertThat(stored.indexes("user_room")).contains("unique user_id,room_id", "room_id,joined_at");
            assertThat(stored.indexes("user_message")).contains("unique room_id,message_id");
            assertThat(stored.indexes("user_room_chat_log")).contains("user_id,room_type,active_at");
        }
    }

    private static void hasFields(String collection, List<Document> documents) {
        assertThat(documents)
                .isNotEmpty()
                .allSatisfy(document -> assertThat(document.keySet()).containsAll(FIELDS.get(collection)));
    }
}
