package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.StoredDocuments;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A user's sessions, listed and ended by the partner and by the user. */
interface SessionsContract extends ApiSuite {
    String OWN_LIST = "u/user/get_session_list";
    String END_OWN = "u/user/end_sessions";

    @Test
    default void aPartnerSeesWhereAUserIsLoggedIn() {
        long before = Instant.now().getEpochSecond();
        ImUser phone = anyUser();
        phone.inAnotherSession();
        anyUser();

        JsonArray list = listed(phone.id());
        assertThat(list).hasSize(2);
        assertThat(objects(list)).allSatisfy(item -> {
            assertThat(item.keySet()).containsExactlyInAnyOrder("session_id", "created_at", "expires_at");
            assertThat(item.get("created_at").getAsLong()).isGreaterThanOrEqualTo(before);
            long expiry = item.get("expires_at").getAsLong();
            assertThat(expiry == 0 || expiry > before).isTrue();
        });
    }

    @Test
    default void listShowsLiveSessionsNewestFirst() {
        ImUser oldest = anyUser();
        ImUser ended = oldest.inAnotherSession();
        ImUser newest = oldest.inAnotherSession();
        try (StoredDocuments stored = stored()) {
            stored.set("session", "_id", ownId(oldest), "created_at", 1_000_000L);
            stored.set("session", "_id", ownId(newest), "created_at", 4_000_000_000L);
        }
        String endedId = ownId(ended);
        ended.post("u/user/login_out");

        assertThat(ids(listed(oldest.id()))).containsExactly(ownId(newest), ownId(oldest));
        assertThat(ids(oldest.get(OWN_LIST).list()))
                .containsExactly(ownId(newest), ownId(oldest))
                .doesNotContain(endedId);
    }

    @Test
    default void userSeesItsOwnSessionsAndWhichIsCurrent() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        anyUser();

        List<JsonObject> list = objects(phone.get(OWN_LIST).list()).toList();
        assertThat(list)
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.keySet())
                        .containsExactlyInAnyOrder("session_id", "created_at", "expires_at", "current"));
        assertThat(ownId(phone)).isNotEqualTo(ownId(desktop));
        assertThat(list).extracting(item -> text(item, "session_id")).contains(ownId(phone), ownId(desktop));
    }

    /** Every login opens a session, so their number is unbounded. */
    @Test
    default void listIsCappedAtAHundredButEndingEndsAll() {
        ImUser user = anyUser();
        for (int i = 0; i < 100; i++) {
            user.inAnotherSession();
        }

        assertThat(listed(user.id())).hasSize(100);
        assertThat(user.get(OWN_LIST).list()).hasSize(100);
        assertThat(ended(end(user.id()))).isEqualTo(101);
        assertThat(listed(user.id())).isEmpty();
        assertThat(user.get(OWN_LIST).error()).isEqualTo("token_expired");
    }

    @Test
    default void partnerEndsAllSessionsAndConnectionsOfAUser() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        ImUser stranger = anyUser();
        ImSocket listening = phone.listen();
        ImSocket sending = desktop.roomSender();
        try (ImSocket others = stranger.listen();
                StoredDocuments stored = stored()) {
            assertThat(ended(end(phone.id()))).isEqualTo(2);
            Document user = stored.one("user", "user_id", phone.id());

            assertThat(user.get("login_status", Number.class).intValue()).isZero();
            assertThat(user.get("last_login_out_time", Number.class).longValue())
                    .isPositive();
            assertThat(phone.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
            assertThat(desktop.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
            assertThat(Pushes.nextEvent(listening, "disconnect")
                            .get("message_type")
                            .getAsInt())
                    .isEqualTo(10001);
            assertThat(listening.closeCode()).isEqualTo(4001);
            assertThat(sending.closeCode()).isEqualTo(4001);
            assertThat(Pushes.messagesSoFar(others)).isEmpty();
        }
        assertThat(stranger.get("rm/room/get_room_list").code()).isEqualTo(200);
        assertThat(ended(end(phone.id()))).isZero();
        assertThat(phone.inAnotherSession().get("rm/room/get_room_list").code()).isEqualTo(200);
    }

    @Test
    default void aPartnerEndsOneSessionOfAUser() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        String phoneId = ownId(phone);

        assertThat(ended(end(phone.id(), phoneId))).isEqualTo(1);
        assertThat(phone.get(OWN_LIST).error()).isEqualTo("token_expired");
        assertThat(desktop.get(OWN_LIST).list()).hasSize(1);
        assertThat(ended(end(phone.id(), phoneId))).isZero();
    }

    @Test
    default void sessionOfAnotherUserIsNotEnded() {
        ImUser user = anyUser();
        ImUser stranger = anyUser();

        assertThat(ended(end(user.id(), ownId(stranger)))).isZero();
        assertThat(ended(end(user.id(), "none"))).isZero();
        assertThat(ended(user.post(END_OWN, "session_id", ownId(stranger)))).isZero();
        assertThat(ended(user.post(END_OWN))).isZero();
        assertThat(stranger.get(OWN_LIST).list()).hasSize(1);
        assertThat(user.get(OWN_LIST).list()).hasSize(1);
    }

    @Test
    default void userIdClaimedByTheCallerIsIgnored() {
        ImUser user = anyUser();
        ImUser stranger = anyUser();

        assertThat(ids(user.get(OWN_LIST, "user_id", stranger.id()).list())).containsExactly(ownId(user));
        assertThat(ended(user.post(END_OWN, "user_id", stranger.id()))).isZero();
        assertThat(stranger.get(OWN_LIST).list()).hasSize(1);
    }

    @Test
    default void unknownUserIsNotFound() {
        String nobody = ImClient.anyUser();
        assertThat(client().post("", "user/get_session_list", ImClient.params("user_id", nobody))
                        .error())
                .isEqualTo("user_not_found");
        assertThat(end(nobody).error()).isEqualTo("user_not_found");
        assertThat(end(nobody, "s").error()).isEqualTo("user_not_found");
    }

    @Test
    default void userEndsAllItsSessionsButTheCurrentOne() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        ImUser tablet = phone.inAnotherSession();
        try (ImSocket kept = phone.listen();
                ImSocket dropped = desktop.listen();
                StoredDocuments stored = stored()) {
            assertThat(ended(phone.post(END_OWN))).isEqualTo(2);

            assertThat(dropped.closeCode()).isEqualTo(4001);
            assertThat(Pushes.messagesSoFar(kept)).isEmpty();
            assertThat(stored.one("user", "user_id", phone.id())
                            .get("login_status", Number.class)
                            .intValue())
                    .isEqualTo(1);
        }
        assertThat(desktop.get(OWN_LIST).error()).isEqualTo("token_expired");
        assertThat(tablet.get(OWN_LIST).error()).isEqualTo("token_expired");
        assertThat(ids(phone.get(OWN_LIST).list())).containsExactly(ownId(phone));
    }

    @Test
    default void userEndsOneOfItsSessionsEvenTheCurrentOne() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();

        assertThat(ended(phone.post(END_OWN, "session_id", ownId(desktop)))).isEqualTo(1);
        assertThat(desktop.get(OWN_LIST).error()).isEqualTo("token_expired");
        assertThat(ended(phone.post(END_OWN, "session_id", ownId(phone)))).isEqualTo(1);
        assertThat(phone.get(OWN_LIST).error()).isEqualTo("token_expired");
    }

    private JsonArray listed(String userId) {
        return client().post("", "user/get_session_list", ImClient.params("user_id", userId))
                .list();
    }

    private Answer end(String userId) {
        return client().post("", "user/end_sessions", ImClient.params("user_id", userId));
    }

    private Answer end(String userId, String sessionId) {
        return client().post("", "user/end_sessions", ImClient.params("user_id", userId, "session_id", sessionId));
    }

    private static int ended(Answer answer) {
        return answer.data().get("ended").getAsInt();
    }

    /** The id of the session of a user's token, which is the only one marked as current. */
    private static String ownId(ImUser user) {
        List<JsonObject> current = objects(user.get(OWN_LIST).list())
                .filter(item -> item.get("current").getAsBoolean())
                .toList();
        assertThat(current).hasSize(1);
        return text(current.get(0), "session_id");
    }

    private static List<String> ids(JsonArray list) {
        return objects(list).map(item -> text(item, "session_id")).toList();
    }

    private static Stream<JsonObject> objects(JsonArray list) {
        return StreamSupport.stream(list.spliterator(), false).map(item -> item.getAsJsonObject());
    }

    private static String text(JsonObject item, String name) {
        return item.get(name).getAsString();
    }
}
