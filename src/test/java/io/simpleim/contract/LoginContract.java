package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.Race;
import io.simpleim.testing.StoredDocuments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Sessions: login, the content of tokens, and logout. */
interface LoginContract extends ApiSuite {
    @Test
    default void firstLoginRegistersTheUser() {
        String userId = ImClient.anyUser();
        Answer answer = client().post("", "user/get_login_token", ImClient.params("user_id", userId));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.data().get("token").getAsString()).isNotEmpty();
        try (StoredDocuments stored = stored()) {
            assertThat(stored.one("user", "user_id", userId).get("user_status", Number.class))
                    .isEqualTo(1);
        }
    }

    @Test
    default void everyLoginOpensANewSession() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();

        assertThat(desktop.token()).isNotEqualTo(phone.token());
        assertThat(phone.rooms()).isEmpty();
        assertThat(desktop.rooms()).isEmpty();
    }

    @Test
    default void concurrentFirstLoginsRegisterTheUserOnce() {
        String userId = ImClient.anyUser();
        List<ImUser> sessions = Race.call(6, i -> ImUser.loggedIn(client(), userId));

        assertThat(sessions).extracting(ImUser::token).doesNotHaveDuplicates();
        assertThat(sessions).allSatisfy(session -> assertThat(session.rooms()).isEmpty());
        try (StoredDocuments stored = stored()) {
            assertThat(number(stored.one("user", "user_id", userId), "login_status"))
                    .isEqualTo(1);
        }
    }

    @Test
    default void endingAllSessionsAtOnceLogsTheUserOut() {
        ImUser user = anyUser();
        List<ImUser> sessions = List.of(user, user.inAnotherSession(), user.inAnotherSession());
        Race.call(3, i -> sessions.get(i).post("u/user/login_out"));

        try (StoredDocuments stored = stored()) {
            assertThat(number(stored.one("user", "user_id", user.id()), "login_status"))
                    .isZero();
        }
    }

    @Test
    default void theTokenIsAnHs256JwtThatNamesUserExpiryAndSession() {
        ImUser user = anyUser();
        JsonObject header = part(user.token(), 0);
        JsonObject claims = part(user.token(), 1);

        assertThat(user.token().split("\\.")).hasSize(3);
        assertThat(header.get("alg").getAsString()).isEqualTo("HS256");
        assertThat(claims.get("user_id").getAsString()).isEqualTo(user.id());
        assertThat(claims.get("jti").getAsString()).isNotEmpty();
        assertThat(claims.get("jti"))
                .isNotEqualTo(part(user.inAnotherSession().token(), 1).get("jti"));
        long expiry = claims.get("login_expire").getAsLong();
        assertThat(expiry == 0 || expiry > Instant.now().getEpochSecond()).isTrue();
    }

    @Test
    default void logoutEndsOnlyTheSessionOfTheToken() {
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();

        Answer answer = phone.post("u/user/login_out");

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.data().size()).isZero();
        assertThat(phone.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
        assertThat(phone.post("u/user/login_out").error()).isEqualTo("token_expired");
        assertThat(desktop.get("rm/room/get_room_list").code()).isEqualTo(200);
    }

    @Test
    default void logoutNotifiesAndClosesTheSessionsConnections() {
        ImUser phone = anyUser();
        ImSocket listening = phone.listen();
        ImSocket sending = phone.roomSender();

        phone.post("u/user/login_out");

        JsonObject event = Pushes.nextEvent(listening, "disconnect");
        assertThat(event.get("message_type").getAsInt()).isEqualTo(10001);
        assertThat(event.get("reason").getAsString()).isNotEmpty();
        assertThat(event.has("seq")).isFalse();
        assertThat(listening.closeCode()).isEqualTo(4001);
        assertThat(sending.closeCode()).isEqualTo(4001);
    }

    @Test
    default void logoutLeavesConnectionsOfOtherSessionsOpen() {
        ImUser phone = anyUser();
        try (ImSocket desktop = phone.inAnotherSession().listen();
                ImSocket ended = phone.listen()) {
            phone.post("u/user/login_out");

            assertThat(ended.closeCode()).isEqualTo(4001);
            assertThat(Pushes.messagesSoFar(desktop)).isEmpty();
        }
    }

    @Test
    default void loginAfterLogoutOpensANewSession() {
        ImUser first = anyUser();
        first.post("u/user/login_out");
        ImUser second = first.inAnotherSession();

        assertThat(second.get("rm/room/get_room_list").code()).isEqualTo(200);
        assertThat(first.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
    }

    @Test
    default void loginStatusIsOneUntilTheLastSessionHasEnded() {
        long before = Instant.now().getEpochSecond();
        ImUser phone = anyUser();
        ImUser desktop = phone.inAnotherSession();
        try (StoredDocuments stored = stored()) {
            Document loggedIn = stored.one("user", "user_id", phone.id());
            phone.post("u/user/login_out");
            Document oneLeft = stored.one("user", "user_id", phone.id());
            desktop.post("u/user/login_out");
            Document loggedOut = stored.one("user", "user_id", phone.id());

            assertThat(number(loggedIn, "login_status")).isEqualTo(1);
            assertThat(number(loggedIn, "last_login_time")).isGreaterThanOrEqualTo(before);
            assertThat(number(loggedIn, "last_login_out_time")).isZero();
            assertThat(number(oneLeft, "login_status")).isEqualTo(1);
            assertThat(number(oneLeft, "last_login_out_time")).isZero();
            assertThat(number(loggedOut, "login_status")).isZero();
            assertThat(number(loggedOut, "last_login_out_time")).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    default void newLoginSetsLoginStatusBackToOne() {
        ImUser user = anyUser();
        user.post("u/user/login_out");
        user.inAnotherSession();

        try (StoredDocuments stored = stored()) {
            Document document = stored.one("user", "user_id", user.id());
            assertThat(number(document, "login_status")).isEqualTo(1);
            assertThat(number(document, "last_login_out_time")).isPositive();
        }
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }

    private static JsonObject part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[index]);
        return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
    }
}
