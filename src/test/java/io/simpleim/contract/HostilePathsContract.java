package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.RawExchange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every spelling of a path passes that path's filters or leads nowhere. */
interface HostilePathsContract extends ApiSuite {
    /** Variants of {@code {path}}. {@code {hex}} is the path with its first letter percent-encoded. */
    List<String> SPELLINGS = List.of(
            "{path}",
            "{path}/",
            "{path};",
            "{path};x=1",
            "{path};jsessionid=0",
            "{path}/;x",
            "{path}%3bx",
            "{path}%20",
            "{path}%0a",
            "{path}%00",
            "{path}%2f",
            "{path}.",
            "{path}/.",
            "{path}/x/..",
            "{path}/..;/x",
            "{path}?x",
            "{path}%3fx",
            "/{path}",
            ";x/{path}",
            "./{path}",
            "x/../{path}",
            "x/%2e%2e/{path}",
            "x/..;/{path}",
            "x/..%2f{path}",
            "x%2f..%2f{path}",
            "{hex}",
            "//{hex};x",
            "%25{hex}");

    static Stream<String> guarded() {
        return Stream.of(
                "POST user/get_login_token",
                "POST u/user/login_out",
                "POST rm/room/single_message",
                "POST rm/room/create_room",
                "POST rm/room/enter_room",
                "POST rm/room/invite_user_enter_room",
                "POST rm/room/exit_room",
                "POST rm/room/kick_out_room",
                "POST rm/room/set_room_name",
                "POST rm/room/room_message",
                "GET rm/room/get_room_list",
                "GET rm/room/get_room_member_list",
                "GET rm/room/get_room_message_list",
                "GET metrics");
    }

    @ParameterizedTest
    @MethodSource("guarded")
    default void noSpellingOfAPathBypassesItsFilters(String call) {
        String[] methodAndPath = call.split(" ");
        for (String spelling : spellings(methodAndPath[1])) {
            RawExchange exchange =
                    RawExchange.of(deployment().base(), foreign(methodAndPath[0], spelling, "Connection: close"));

            HostileRequestsContract.assertHarmless(exchange);
            assertThat(exchange.statuses()).as(spelling).singleElement().isIn(200, 400, 404);
            assertThat(exchange.text()).as(spelling).doesNotContain("\"code\":200");
            if (exchange.statuses().contains(200)) {
                assertThat(exchange.text()).as(spelling).containsPattern("unauthenticated|partner_key_required");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/user/connect", "rm/room/room_message"})
    default void noSpellingOfAWebSocketPathConnectsWithoutAToken(String path) {
        for (String spelling : spellings(path)) {
            RawExchange exchange = RawExchange.of(
                    deployment().base(),
                    foreign(
                            "GET",
                            spelling,
                            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));

            HostileRequestsContract.assertHarmless(exchange);
            assertThat(exchange.statuses()).as(spelling).singleElement().isIn(400, 401, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF",
                "WEB-INF/",
                "WEB-INF/web.xml",
                "web-inf/web.xml",
                "Web-Inf/web.xml",
                "%57EB-INF/web.xml",
                "WEB-INF%2fweb.xml",
                "WEB-INF%5cweb.xml",
                "WEB-INF/./web.xml",
                "/WEB-INF/web.xml",
                "x/../WEB-INF/web.xml",
                "x/..;/WEB-INF/web.xml",
                ";/WEB-INF/web.xml",
                "WEB-INF;x/web.xml",
                "%252e/WEB-INF/web.xml",
                "WEB-INF/classes/logback.xml",
                "WEB-INF/classes/io/simpleim/bootstrap/Bootstrap.class",
                "META-INF/",
                "META-INF/MANIFEST.MF",
                "meta-inf/MANIFEST.MF",
                "META-INF/sbom/application.cdx.json",
                "../conf/server.xml",
                "..;/conf/server.xml",
                "..%2f..%2f..%2fetc/passwd",
                ".git/config",
                "manager/html",
                "x.jsp",
                "x.jsp%00",
                "%252e%252e%252fconf"
            })
    default void internalFilesAreNotServed(String path) {
        for (String method : List.of("GET", "HEAD", "POST")) {
            RawExchange exchange = RawExchange.of(deployment().base(), foreign(method, path, "Connection: close"));

            HostileRequestsContract.assertHarmless(exchange);
            assertThat(exchange.statuses()).as(method).singleElement().isIn(400, 404);
        }
    }

    private static List<String> spellings(String path) {
        String hex = "%" + Integer.toHexString(path.charAt(0)) + path.substring(1);
        return SPELLINGS.stream()
                .map(spelling -> spelling.replace("{path}", path).replace("{hex}", hex))
                .toList();
    }

    /** Sends from a remote address, since the partner filter lets local callers pass. */
    private String foreign(String method, String path, String headers) {
        return method + " " + deployment().base().getPath() + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Forwarded-For: 203.0.113.9\r\n" + headers + "\r\n"
                + (method.equals("POST")
                        ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nuser_id=a"
                        : "\r\n");
    }
}
