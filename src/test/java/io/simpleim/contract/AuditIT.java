package io.simpleim.contract;

import static io.simpleim.testing.ImClient.anyUser;
import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.AuditLines;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The audit log of a complete server. */
class AuditIT {
    private static final String LOGIN = "user/get_login_token";
    private static final String KEY = "the-key-of-the-shop-0123456789abcdef";

    private static final MutableClock CLOCK = new MutableClock(Instant.now());
    private static final AuditLines AUDIT = AuditLines.record();
    private static final EmbeddedDeployment SERVER =
            EmbeddedDeployment.start(Map.of("IM_PARTNER_KEYS", "shop:" + KEY, "IM_LOGIN_LOGINEXPIRE", "3600"), CLOCK);
    private static final ImClient CLIENT = new ImClient(SERVER.base());

    @AfterAll
    static void stop() {
        SERVER.close();
        AUDIT.close();
    }

    @Test
    void partnerCallIsLoggedWithNameAndOutcome() {
        ImUser anna = login();
        login(KEY, Map.of());
        anna.get("rm/room/get_room_list");

        JsonObject login = AUDIT.one("login", "user_id", anna.id());
        assertThat(text(login, "partner")).isEqualTo("shop");
        assertThat(text(login, "user_id")).isEqualTo(anna.id());
        assertThat(text(login, "session_id")).isNotEmpty();
        assertThat(text(login, "address")).isEqualTo("127.0.0.1");
        assertThat(text(login, "path")).isEqualTo("/" + LOGIN);
        JsonObject call = AUDIT.one("partner_call", "request_id", text(login, "request_id"));
        assertThat(text(call, "partner")).isEqualTo("shop");
        assertThat(call.has("error")).isFalse();
        AUDIT.one("partner_call", "partner", "shop", "path", "/" + LOGIN, "error", "missing_parameter");
    }

    @Test
    void refusalIsLoggedWithReasonAndCaller() {
        ImUser anna = login();
        ImUser host = login();
        String roomId = host.roomWith(anna);
        login("another-key-of-nobody-0123456789abcdef", params("user_id", anyUser()));
        CLIENT.post("no token", "rm/room/create_room", Map.of());
        RawHttp.handshake(SERVER.base(), "u/user/connect?token=nonsense");
        anna.kick(roomId, host.id());
        login().get("rm/room/get_room_message_list", "room_id", roomId);
        ImUser gone = login();
        gone.post("u/user/login_out");
        gone.post("rm/room/create_room");

        assertThat(text(AUDIT.one("refused", "error", "partner_key_required"), "path"))
                .isEqualTo("/" + LOGIN);
        AUDIT.one("refused", "error", "unauthenticated", "path", "/rm/room/create_room");
        AUDIT.one("refused", "error", "unauthenticated", "path", "/u/user/connect");
        JsonObject notHost = AUDIT.one("refused", "error", "not_room_host");
        assertThat(text(notHost, "user_id")).isEqualTo(anna.id());
        assertThat(text(notHost, "session_id")).isNotEmpty();
        assertThat(text(notHost, "address")).isEqualTo("127.0.0.1");
        assertThat(text(notHost, "path")).isEqualTo("/rm/room/kick_out_room");
        AUDIT.one("refused", "error", "not_in_room", "path", "/rm/room/get_room_message_list");
        AUDIT.one("refused", "error", "token_expired", "path", "/rm/room/create_room");
    }

    @Test
    void refusedFrameIsLoggedLikeARequest() {
        String roomId = login().roomWith();
        ImUser anna = login();
        try (ImSocket socket = ImSocket.listen(SERVER.base(), anna.token())) {
            socket.send("{\"op\":\"room_message\",\"room_id\":\"" + roomId + "\",\"message\":\"m\"}");
            assertThat(socket.next().get("error").getAsString()).isEqualTo("not_in_room");
        }

        JsonObject refused = AUDIT.one("refused", "error", "not_in_room", "user_id", anna.id());
        assertThat(text(refused, "path")).isEqualTo("/u/user/connect");
        assertThat(text(refused, "address")).isEqualTo("127.0.0.1");
        assertThat(text(refused, "request_id")).isNotEmpty();
    }

    @Test
    void kickIsLoggedWithHostMemberAndRoom() {
        ImUser host = login();
        ImUser member = login();
        String roomId = host.roomWith(member);
        host.kick(roomId, member.id());
        // The second kick finds nobody to remove.
        host.kick(roomId, member.id());

        JsonObject kick = AUDIT.one("kick", "room_id", roomId);
        assertThat(text(kick, "user_id")).isEqualTo(member.id());
        assertThat(text(kick, "by_user_id")).isEqualTo(host.id());
        assertThat(AUDIT.all("refused", "user_id", host.id())).isEmpty();
    }

    @Test
    void sessionEndIsLoggedOnceForLogoutAndExpiry() {
        ImUser leaving = login();
        ImUser staying = login();
        leaving.post("u/user/login_out");
        String left = text(AUDIT.one("login", "user_id", leaving.id()), "session_id");
        String stayed = text(AUDIT.one("login", "user_id", staying.id()), "session_id");
        JsonObject ended = AUDIT.one("session_ended", "session_id", left);
        assertThat(text(ended, "reason")).isEqualTo("logged_out");
        assertThat(text(ended, "user_id")).isEqualTo(leaving.id());
        assertThat(text(ended, "path")).isEqualTo("/u/user/login_out");

        CLOCK.advance(Duration.ofHours(2));
        await().until(() -> !AUDIT.all("session_ended", "session_id", stayed).isEmpty());
        assertThat(text(AUDIT.one("session_ended", "session_id", stayed), "reason"))
                .isEqualTo("expired");
        AUDIT.one("session_ended", "session_id", left);
    }

    @Test
    void countOfSuppressedRefusalsIsLoggedWhenTheServerStops() {
        EmbeddedDeployment other = EmbeddedDeployment.start();
        try {
            for (int i = 0; i < 7; i++) {
                new ImClient(other.base()).post("no token", "rm/room/exit_room", Map.of());
            }
            assertThat(AUDIT.all("refused", "path", "/rm/room/exit_room")).hasSize(1);
        } finally {
            other.close();
        }

        AUDIT.one("refused", "path", "/rm/room/exit_room", "address", "127.0.0.1", "count", "6");
    }

    private ImUser login() {
        String userId = anyUser();
        return new ImUser(
                CLIENT,
                userId,
                login(KEY, params("user_id", userId)).data().get("token").getAsString());
    }

    private Answer login(String key, Map<String, Object> parameters) {
        String form = parameters.containsKey("user_id") ? "user_id=" + parameters.get("user_id") : "";
        return CLIENT.send(CLIENT.request(LOGIN)
                .header("X-Partner-Key", key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String text(JsonObject line, String field) {
        return line.has(field) ? line.get(field).getAsString() : "";
    }
}
