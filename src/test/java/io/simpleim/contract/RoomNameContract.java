package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.StoredDocuments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names of rooms. */
interface RoomNameContract extends ApiSuite {
    @Test
    default void roomCreatedWithANameShowsItInTheList() {
        ImUser host = anyUser();
        String named = create(host, "  午餐 at noon\n");
        assertThat(name(host)).isEqualTo("午餐 at noon");
        try (StoredDocuments stored = stored()) {
            assertThat(stored.one("room", "room_id", named).getString("name")).isEqualTo("午餐 at noon");
        }
    }

    @Test
    default void unnamedRoomHasAnEmptyName() {
        ImUser host = anyUser();
        host.roomWith();
        assertThat(name(host)).isEmpty();
    }

    @Test
    default void everyBodyFormCarriesTheName() {
        ImUser host = anyUser();
        client().postJson(
                        host.token(),
                        "rm/room/create_room",
                        Map.of("Body", Map.of("name", "JSON"), "Header", Map.of()));
        assertThat(name(host)).isEqualTo("JSON");
    }

    @Test
    default void hostRenamesARoomAndAllMembersAreTold() {
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = create(host, "before");
        guest.enter(roomId);
        try (ImSocket one = host.listen();
                ImSocket two = guest.listen()) {
            assertThat(host.rename(roomId, " after ").code()).isEqualTo(200);
            for (ImSocket socket : List.of(one, two)) {
                JsonObject event = Pushes.nextEvent(socket, "room_updated");
                assertThat(event.keySet()).containsExactlyInAnyOrder("message_type", "event", "room_id", "name");
                assertThat(event.get("message_type").getAsInt()).isEqualTo(10007);
                assertThat(event.get("room_id").getAsString()).isEqualTo(roomId);
                assertThat(event.get("name").getAsString()).isEqualTo("after");
            }
        }
        assertThat(name(host)).isEqualTo("after");
        assertThat(name(guest)).isEqualTo("after");
    }

    @Test
    default void renamingToTheSameNameSucceedsAndTellsNobody() {
        ImUser host = anyUser();
        String roomId = create(host, "same");
        try (ImSocket socket = host.listen()) {
            assertThat(host.rename(roomId, "same").code()).isEqualTo(200);
            assertThat(host.rename(roomId, "other").code()).isEqualTo(200);
            assertThat(socket.next().get("name").getAsString()).isEqualTo("other");
        }
    }

    @Test
    default void newHostMayRenameAndFormerHostMayNot() {
        ImUser host = anyUser();
        ImUser heir = anyUser();
        String roomId = host.roomWith(heir);
        host.exit(roomId);
        assertThat(host.rename(roomId, "mine").error()).isEqualTo("not_room_host");
        assertThat(heir.rename(roomId, "ours").code()).isEqualTo(200);
        host.enter(roomId);
        assertThat(name(host)).isEqualTo("ours");
    }

    @Test
    default void singleChatHasNoName() {
        ImUser one = anyUser();
        ImUser peer = anyUser();
        String roomId = one.write(peer.id(), "m").data().get("room_id").getAsString();
        assertThat(one.rename(roomId, "n").error()).isEqualTo("room_not_found");
        assertThat(name(peer)).isEmpty();
    }

    private static String create(ImUser host, String name) {
        return host.post("rm/room/create_room", "name", name)
                .data()
                .get("roomId")
                .getAsString();
    }

    /** The name of the user's only room. */
    private static String name(ImUser user) {
        return user.rooms().get(0).getAsJsonObject().get("Name").getAsString();
    }
}
