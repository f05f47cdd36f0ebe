package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawExchange;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets tokens: partners with a key, or local callers while no key is configured. */
class PartnerIT {
    private static final String LOGIN = "user/get_login_token";
    private static final String LIST = "user/get_session_list";
    private static final String END = "user/end_sessions";
    private static final String SHOP_KEY = "the-key-of-the-shop-0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void withKeysOnlyPartnersGetTokens() throws Exception {
        String keys = "shop:" + SHOP_KEY + ",forum:another-key-of-another-partner-0123";
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of("IM_PARTNER_KEYS", keys))) {
            ImClient client = new ImClient(server.base());

            assertThat(login(client, "X-Partner-Key", SHOP_KEY).code()).isEqualTo(200);
            assertThat(login(client, "X-Partner-Key", "shop:" + SHOP_KEY).code())
                    .isEqualTo(200);
            assertThat(login(client, "X-Partner-Key", "another-key-of-another-partner-0123")
                            .code())
                    .isEqualTo(200);
            refuses(login(client, "X-Partner-Key", "forum:" + SHOP_KEY));
            refuses(login(client, "X-Partner-Key", "another-key"));
            refuses(login(client, "X-Partner-Key", ""));
            refuses(login(client, "X-Other", SHOP_KEY));
        }
    }

    @Test
    void userTokensAndPartnerKeysAreNotInterchangeable() throws Exception {
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of("IM_PARTNER_KEYS", "shop:" + SHOP_KEY))) {
            ImClient client = new ImClient(server.base());
            String userId = ImClient.anyUser();
            String token = call(client, LOGIN, userId, "X-Partner-Key", SHOP_KEY)
                    .data()
                    .get("token")
                    .getAsString();

            assertThat(client.post(token, "rm/room/create_room", Map.of()).code())
                    .isEqualTo(200);
            refuses(client.post(token, LOGIN, Map.of("user_id", ImClient.anyUser())));
            refuses(login(client, "X-Partner-Key", token));
            assertThat(client.post(SHOP_KEY, "rm/room/create_room", Map.of()).error())
                    .isEqualTo("unauthenticated");

            refuses(call(client, LIST, userId, "token", token));
            refuses(call(client, END, userId, "token", token));
            assertThat(call(client, LIST, userId, "X-Partner-Key", SHOP_KEY).list())
                    .hasSize(1);
            assertThat(call(client, END, userId, "X-Partner-Key", SHOP_KEY)
                            .data()
                            .get("ended")
                            .getAsInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void withoutKeysOnlyTheLocalMachineGetsTokensAndNoProxyCountsAsLocal() throws Exception {
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of())) {
            ImClient client = new ImClient(server.base());

            assertThat(login(client, "X-Other", "x").code()).isEqualTo(200);
            refuses(login(client, "X-Forwarded-For", "127.0.0.1"));
            refuses(login(client, "X-Forwarded-For", "203.0.113.9"));
            refuses(login(client, "Forwarded", "for=127.0.0.1"));
            refuses(login(client, "X-Real-IP", "127.0.0.1"));
            refuses(login(client, "Via", "1.1 proxy"));
            refuses(login(client, "Origin", "http://page.example"));
            refuses(login(client, "Origin", "http://localhost.page.example"));
            refuses(login(client, "Origin", "http://localhost:3000"));
            refuses(login(client, "Origin", "null"));
        }
    }

    /** A browser's request from a page whose host name was made to point to this machine (DNS rebinding). */
    @Test
    void withoutKeysOnlyPagesServedUnderALocalNameGetTokens() throws Exception {
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of())) {
            int port = server.base().getPort();
            for (String path : List.of(LOGIN, LIST, END)) {
                for (String host : List.of("localhost:", "127.0.0.1:", "127.8.8.8:", "[::1]:")) {
                    assertThat(browserRequest(server, path, host + port, "http://" + host + port))
                            .contains("\"code\":200");
                }
                for (String host : List.of("page.example:", "127.0.0.1.page.example:", "10.0.0.1:")) {
                    assertThat(browserRequest(server, path, host + port, "http://" + host + port))
                            .contains("partner_key_required");
                }
                assertThat(browserRequest(server, path, "localhost:" + port, "http://127.0.0.1:" + port))
                        .contains("partner_key_required");
                assertThat(browserRequest(server, path, "localhost:" + port, "http://localhost"))
                        .contains("partner_key_required");
            }
        }
    }

    private static String browserRequest(ConfiguredServer server, String path, String host, String origin) {
        String form = "user_id=u";
        return RawExchange.of(
                        server.base(),
                        "POST /" + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                + form.length() + "\r\nConnection: close\r\n\r\n" + form)
                .text();
    }

    /** The caller has a key, so it is no visitor's page. */
    @Test
    void withAKeyTheOriginIsIgnored() throws Exception {
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of("IM_PARTNER_KEYS", "shop:" + SHOP_KEY))) {
            ImClient client = new ImClient(server.base());
            Answer answer = client.send(client.request(LOGIN)
                    .header("X-Partner-Key", SHOP_KEY)
                    .header("Origin", "https://tool.example")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("user_id=u")));
            assertThat(answer.code()).isEqualTo(200);
        }
    }

    private static Answer login(ImClient client, String header, String value) {
        return call(client, LOGIN, ImClient.anyUser(), header, value);
    }

    private static Answer call(ImClient client, String path, String userId, String header, String value) {
        return client.send(client.request(path)
                .header(header, value)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("user_id=" + userId)));
    }

    private static void refuses(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo(-1);
        assertThat(answer.error()).isEqualTo("partner_key_required");
    }
}
