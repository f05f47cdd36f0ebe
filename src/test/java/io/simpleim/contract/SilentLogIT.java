package io.simpleim.contract;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.config.RedisSection;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.standalone.EmbeddedTomcat;
import io.simpleim.testing.Answer;
import io.simpleim.testing.BodyForm;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ForgedTokens;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.OwnedPort;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.RedisServer;
import io.simpleim.testing.ShippedLog;
import io.simpleim.testing.StoredDocuments;
import io.simpleim.testing.TestConfig;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that a server never logs at any level: a tour of the API, valid and invalid, with the shipped logging. */
class SilentLogIT {
    private static final String TEXT = "just-between-you-and-me";
    private static final String KEY = "the-key-of-the-shop-0123456789abcdef";
    private static final String WRONG_KEY = "nearly-key-of-the-shop-0123456789abcdef";
    private static final String MONGO_PASSWORD = "the-password-of-mongo";
    private static final String REDIS_PASSWORD = "the-password-of-redis";
    private static final String SENDS = "rm/room/single_message";
    private static final String CONNECT = "u/user/connect";

    @TempDir
    Path folder;

    private final List<String> secrets =
            new ArrayList<>(List.of(TEXT, KEY, WRONG_KEY, TestConfig.SECRET, MONGO_PASSWORD, REDIS_PASSWORD));

    @Test
    void tokensSecretsAndMessagesAreNeverLogged() throws Exception {
        try (ShippedLog log = verboseLog()) {
            try (EmbeddedDeployment server = EmbeddedDeployment.start(Map.of("IM_PARTNER_KEYS", "shop:" + KEY))) {
                ImClient client = new ImClient(server.base());
                String anna = login(client, "anna", KEY);
                String bert = login(client, "bert", "shop:" + KEY);
                wrongKeysAndTokens(client, anna);
                sends(client, anna);
                reads(client, anna);
                malformed(client, anna);
                frames(server, anna, bert);
                handshakes(server, client, anna);
                strangePaths(server, anna);
                causeInternalError(server, client, anna);
                client.post(anna, "u/user/login_out", Map.of());
                assertThat(client.post(anna, SENDS, Map.of()).error()).isEqualTo("token_expired");
                await().until(() -> log.console().contains("POST /u/user/login_out 200"));
            }
            String audit = ShippedLog.read(folder.resolve("audit.log"));
            // Everything was available to be logged.
            assertThat(log.console())
                    .contains(" DEBUG ", "by shop POST /user/get_login_token 200", "failed: java.lang.")
                    .doesNotContainPattern("RequestFilter \\S+ by shop (?!POST /user/get_login_token)")
                    .contains("GET /u/user/connect 101", "GET /u/user/connect 401", SENDS + " 400", SENDS + " 413");
            assertThat(audit).contains("\"event\":\"login\"", "\"error\":\"unauthenticated\"", "logged_out");
            assertHoldsNoSecret(log.console() + audit);
        }
    }

    @Test
    void passwordRefusedByAStoreIsNotLogged() throws Exception {
        OwnedPort nobodyThere = OwnedPort.claim();
        Map<String, String> settings = Map.of(
                "IM_MONGO_ADDRESS",
                "mongodb://im:" + MONGO_PASSWORD + "@" + nobodyThere.address() + "/",
                "IM_REDIS_PASSWORD",
                REDIS_PASSWORD,
                "IM_LOGIN_SECRET",
                TestConfig.SECRET,
                "IM_PARTNER_KEYS",
                "shop:" + KEY);
        try (nobodyThere;
                ShippedLog log = verboseLog();
                RedisServer redis = RedisServer.start("--requirepass", "another-password")) {
            try (EmbeddedTomcat server = EmbeddedTomcat.start(
                    ConfigLoader.defaults(settings)
                            .with(RedisSection.ADDRESS, redis.address())
                            .requireComplete(),
                    0,
                    "127.0.0.1",
                    folder.resolve("tomcat"),
                    Clock.systemUTC())) {
                await().until(() -> log.console().contains("WRONGPASS"));
                assertThat(new ImClient(URI.create("http://127.0.0.1:" + server.port() + "/"))
                                .get("", "health/ready", Map.of())
                                .status())
                        .isEqualTo(503);
            }
            assertThat(log.console()).contains("No requests are taken before the store answers");
            assertHoldsNoSecret(log.console() + ShippedLog.read(folder.resolve("audit.log")));
        }
    }

    private ShippedLog verboseLog() {
        return ShippedLog.ofJvm(Map.of(
                "im.log.level",
                "TRACE",
                "im.log.root",
                "DEBUG",
                "im.audit.file",
                folder.resolve("audit.log").toString()));
    }

    private void assertHoldsNoSecret(String log) {
        assertThat(log.lines().filter(line -> secrets.stream().anyMatch(line::contains)))
                .as("lines with a secret")
                .isEmpty();
    }

    private String login(ImClient client, String userId, String key) {
        String token = getToken(client, userId, key).data().get("token").getAsString();
        secrets.add(token);
        // Neither claims nor signature may appear alone.
        secrets.addAll(List.of(token.split("\\.")).subList(1, 3));
        return token;
    }

    private static Answer getToken(ImClient client, String userId, String key) {
        return client.send(client.request("user/get_login_token")
                .header("X-Partner-Key", key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("user_id=" + userId)));
    }

    private void wrongKeysAndTokens(ImClient client, String token) {
        assertThat(getToken(client, "anna", WRONG_KEY).error()).isEqualTo("partner_key_required");
        assertThat(getToken(client, "anna", token).error()).isEqualTo("partner_key_required");
        getToken(client, TEXT + "%0a" + TEXT, KEY);
        ForgedTokens.of(token, "bert").values().forEach(forged -> {
            assertThat(client.post(forged, SENDS, Map.of()).error()).isEqualTo("unauthenticated");
            client.send(client.request(SENDS)
                    .header("Authorization", "Bearer " + forged)
                    .POST(BodyPublishers.noBody()));
            RawHttp.handshake(client.base(), CONNECT + "?token=" + forged);
        });
        client.post(KEY, SENDS, Map.of());
    }

    private static void sends(ImClient client, String token) {
        for (BodyForm form : BodyForm.values()) {
            Map<String, Object> message = params("to_user_id", "bert", "message", TEXT, "client_msg_id", form.name());
            assertThat(form.post(client, token, SENDS, message).code()).isEqualTo(200);
            message.put("message", TEXT + TEXT);
            assertThat(form.post(client, token, SENDS, message).error()).isEqualTo("conflict");
            form.post(client, token, SENDS, params("to_user_id", TEXT + " " + TEXT, "message", TEXT));
            form.post(client, token, SENDS, params("to_user_id", "bert", "message", TEXT, "message_type", TEXT));
        }
    }

    private static void reads(ImClient client, String token) {
        Answer rooms = client.get(token, "rm/room/get_room_list", Map.of());
        String roomId = rooms.json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("RoomId")
                .getAsString();
        assertThat(client.get(token, "rm/room/get_room_message_list", params("room_id", roomId))
                        .body())
                .contains(TEXT);
        client.get(token, "rm/room/get_room_message_list", params("room_id", TEXT, "page", TEXT));
        client.get(token, "rm/room/get_room_list", params("room_type", TEXT));
    }

    private static void malformed(ImClient client, String token) {
        for (String body : List.of(
                "{\"message\":\"" + TEXT,
                "{\"" + TEXT + "\":{\"" + TEXT + "\":[" + TEXT + "]}}",
                "{\"message\":\"\\u" + TEXT + "\"}",
                TEXT,
                "{\"message\":\"" + TEXT + "\",\"message\":\"" + TEXT + "\"}",
                "{\"to_user_id\":\"bert\",\"message\":{\"" + TEXT + "\":1e" + TEXT + "}}",
                "[".repeat(100) + "\"" + TEXT + "\"")) {
            assertThat(client.postJson(token, SENDS, body).status()).isEqualTo(400);
        }
        for (String type : List.of(
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=" + TEXT,
                "multipart/form-data",
                "text/plain",
                "application/json;charset=" + TEXT)) {
            client.send(client.request(SENDS)
                    .header("token", token)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("message=%zz" + TEXT + "&" + TEXT)));
        }
        assertThat(client.postJson(token, SENDS, TEXT.repeat(20_000)).status()).isEqualTo(413);
    }

    private void frames(EmbeddedDeployment server, String token, String receiver) {
        try (ImSocket bert = ImSocket.connect(server.base(), CONNECT, receiver);
                ImSocket anna = ImSocket.connect(server.base(), CONNECT, token);
                ImSocket sender = ImSocket.connect(server.base(), "rm/room/room_message", token)) {
            String roomId = bert.next().get("room_id").getAsString();
            for (String frame : List.of(
                    "{\"op\":\"single_message\",\"to_user_id\":\"bert\",\"message\":\"" + TEXT + "\"}",
                    "{\"op\":\"sync\",\"rooms\":{}}",
                    "{\"op\":\"sync\",\"rooms\":{\"" + TEXT + "\":\"" + TEXT + "\"}}",
                    "{\"op\":\"read\",\"room_id\":\"" + roomId + "\",\"seq\":1}",
                    "{\"op\":\"ack\",\"room_id\":\"" + TEXT + "\",\"seq\":\"" + TEXT + "\"}",
                    "{\"op\":\"typing\",\"room_id\":\"" + TEXT + "\"}",
                    "{\"op\":\"" + TEXT + "\",\"token\":\"" + token + "\"}",
                    "{\"op\":\"" + TEXT,
                    TEXT)) {
                anna.send(frame);
                anna.next();
                sender.send(frame);
                sender.next();
            }
            sender.send("{\"room_id\":\"" + roomId + "\",\"message\":\"" + TEXT + "\"}");
            assertThat(sender.next().get("code").getAsInt()).isEqualTo(200);
            anna.raw().sendBinary(ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8)), true);
            anna.raw().sendClose(4999, TEXT);
            anna.closeCode();
        }
    }

    private static void handshakes(EmbeddedDeployment server, ImClient client, String token) {
        ImSocket.connect(server.base(), CONNECT, b -> b.subprotocols("im.v1", "token." + token))
                .close();
        ImSocket.connect(server.base(), CONNECT + "?token=" + token, b -> b).close();
        RawHttp.handshake(server.base(), CONNECT, "Origin: http://" + TEXT + ".example", "token: " + token);
        RawHttp.handshake(server.base(), CONNECT + "?token=" + token, "Sec-WebSocket-Protocol: " + TEXT);
        client.get(token, CONNECT, params("token", token));
    }

    private static void strangePaths(EmbeddedDeployment server, String token) {
        for (String path : List.of("no/such%0d%0a2026-11-26%20forged%1b%5b2J", "rm%0a/room", "%c2%85", "%e2%80%a8")) {
            RawHttp.send(server.base(), "GET " + path + "?token=" + token, List.of("token: " + token), new byte[0]);
            RawHttp.send(server.base(), "FORGED " + path + "?" + TEXT, List.of(TEXT + ": " + TEXT), new byte[0]);
        }
    }

    /** Corrupts a stored document so that the server's own code fails. */
    private static void causeInternalError(EmbeddedDeployment server, ImClient client, String token) {
        try (StoredDocuments stored = new StoredDocuments(server.mongoAddress())) {
            String roomId = stored.all("user_room").get(0).getString("room_id");
            stored.set("room", "room_id", roomId, "user_ids", List.of(1, TEXT));
            Answer answer = client.get(token, "rm/room/get_room_list", Map.of());
            assertThat(answer.error()).isEqualTo("internal_error");
        }
    }
}
