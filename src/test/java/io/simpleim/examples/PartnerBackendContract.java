package io.simpleim.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.StoredDocuments;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The duties of a partner's back end, which the examples show in several languages. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PartnerBackendContract {
    private static final String LOGIN = "/user/get_login_token";
    private static final String END = "/user/end_sessions";

    private PartnerShop shop;

    abstract PartnerShop open() throws IOException;

    @BeforeAll
    void start() throws IOException {
        shop = open();
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    private ShopUser alice() {
        return ShopUser.loggedIn(shop.url(), "alice", "wonderland");
    }

    private ShopUser bob() {
        return ShopUser.loggedIn(shop.url(), "bob", "builder");
    }

    private ImUser inChat(String userId, ShopUser user) {
        return new ImUser(new ImClient(shop.server().base()), userId, user.chatToken());
    }

    @Test
    void loggedInUsersGetTokensAndChat() {
        ImUser alice = inChat("alice", alice());
        ImUser bob = inChat("bob", bob());
        try (ImSocket socket = bob.listen()) {
            assertThat(alice.write("bob", "hello").code()).isEqualTo(200);
            JsonObject push = Pushes.nextMessage(socket);
            assertThat(push.get("send_user_id").getAsString()).isEqualTo("alice");
            assertThat(push.get("message_data").getAsString()).isEqualTo("hello");
        }
        URI base = shop.server().base();
        assertThat(RawHttp.handshake(
                                base,
                                "u/user/connect",
                                "Origin: " + shop.url(),
                                "Sec-WebSocket-Protocol: im.v1, token." + alice.token())
                        .status())
                .isEqualTo(101);
    }

    @Test
    void everyTokenIsNewAndNeverCached() {
        ShopUser alice = alice();
        HttpResponse<String> first = alice.post("chat-token", "");
        HttpResponse<String> second = alice.post("chat-token", "");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(first.body()).matches("\\{\"token\":\"[^\"]+\"}").isNotEqualTo(second.body());
    }

    @Test
    void anonymousCallersGetNoToken() {
        shop.proxy().takeCalls();
        assertThat(new ShopUser(shop.url()).post("chat-token", "").statusCode()).isEqualTo(401);
        assertThat(new ShopUser(shop.url()).post("chat-token", "user_id=alice").statusCode())
                .isEqualTo(401);
        assertThat(ShopUser.withSession(shop.url(), "made-up")
                        .post("chat-token", "")
                        .statusCode())
                .isEqualTo(401);
        ShopUser gone = alice();
        gone.post("logout", "");
        assertThat(gone.post("chat-token", "").statusCode()).isEqualTo(401);
        assertThat(new ShopUser(shop.url())
                        .post("login", "user=alice&password=builder")
                        .statusCode())
                .isEqualTo(401);
        assertThat(alice().get("chat-token").statusCode()).isEqualTo(404);
        assertThat(shop.proxy().takeCalls()).isEmpty();
    }

    @Test
    void tokenIsForTheLoggedInUserWhateverTheRequestClaims() {
        HttpResponse<String> answer = alice().post("chat-token?user_id=bob", "user_id=bob");
        String token = answer.body().split("\"")[3];
        ImUser whoever = new ImUser(new ImClient(shop.server().base()), "?", token);
        String roomId = whoever.roomWith();
        assertThat(whoever.members(roomId)
                        .list()
                        .get(0)
                        .getAsJsonObject()
                        .get("UserId")
                        .getAsString())
                .isEqualTo("alice");
    }

    @Test
    void shortRefusalIsRetriedOnceAndALongerOnePassedOn() {
        ShopUser alice = alice();
        shop.proxy().takeCalls();
        shop.proxy().refuseNext(429, "0");
        assertThat(alice.post("chat-token", "").statusCode()).isEqualTo(200);
        assertThat(shop.proxy().takeCalls()).containsExactly(LOGIN, LOGIN);

        shop.proxy().refuseNext(503, "60");
        HttpResponse<String> later = alice.post("chat-token", "");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).contains("60");
        assertThat(shop.proxy().takeCalls()).containsExactly(LOGIN);

        shop.proxy().refuseNext(503, "0");
        shop.proxy().refuseNext(429, "7");
        HttpResponse<String> twice = alice.post("chat-token", "");
        assertThat(twice.statusCode()).isEqualTo(503);
        assertThat(twice.headers().firstValue("Retry-After")).contains("7");
        assertThat(shop.proxy().takeCalls()).containsExactly(LOGIN, LOGIN);
    }

    @Test
    void bannedUserIsToldNotToRetry() {
        ShopUser bob = bob();
        bob.chatToken();
        try (StoredDocuments stored = new StoredDocuments(shop.server().mongoAddress())) {
            stored.set("user", "user_id", "bob", "user_status", -1);
            try {
                assertThat(bob.post("chat-token", "").statusCode()).isEqualTo(403);
            } finally {
                stored.set("user", "user_id", "bob", "user_status", 1);
            }
        }
    }

    @Test
    void passwordChangeEndsOldSessions() {
        ShopUser alice = alice();
        ShopUser elsewhere = alice();
        ImUser inChat = inChat("alice", elsewhere);
        shop.proxy().takeCalls();
        try (ImSocket socket = inChat.listen()) {
            assertThat(alice.post("password", "old=wrong&new=x").statusCode()).isEqualTo(401);
            // Refused twice by the server, and completed nevertheless.
            shop.proxy().refuseNext(503, "0");
            shop.proxy().refuseNext(503, "0");
            assertThat(alice.post("password", "old=wonderland&new=other").statusCode())
                    .isEqualTo(204);
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
        assertThat(shop.proxy().takeCalls()).containsExactly(END, END, END);
        assertThat(inChat.get("rm/room/get_room_list").error()).isEqualTo("token_expired");
        assertThat(elsewhere.post("chat-token", "").statusCode()).isEqualTo(401);
        assertThat(alice.post("chat-token", "").statusCode()).isEqualTo(200);
        assertThat(alice.post("password", "old=other&new=wonderland").statusCode())
                .isEqualTo(204);
        await().until(() -> shop.proxy().takeCalls().contains(END));
    }

    @Test
    void pagePolicyNamesTheServerAndThePageNeverTheKey() {
        ShopUser anybody = new ShopUser(shop.url());
        HttpResponse<String> page = anybody.get("");
        HttpResponse<String> script = anybody.get("chat.js");
        String server = shop.server().base().toString().replaceAll("/$", "");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' " + server + ";")
                .contains("connect-src 'self' " + server + " " + server.replace("http", "ws") + ";")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick");
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.body()).startsWith("import { SimpleIM } from \"" + server + "/sdk/simpleim.js\";");
        assertThat(page.body() + script.body() + shop.output()).doesNotContain(PartnerShop.KEY);
        assertThat(anybody.get("PartnerBackend.java").statusCode()).isEqualTo(404);
    }
}
