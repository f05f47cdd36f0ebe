package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.RawExchange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malformed requests and requests that hide a second one. Their answers reveal no internals, and no client's next
 * request is misread. An honest request follows each of them and is answered as such or not at all.
 */
interface HostileRequestsContract extends ApiSuite {
    String LIVE = "health/live";

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.simpleim.contract.HostileRequests#refused")
    default void malformedRequestIsRefusedAndTheConnectionClosed(String name, String request) {
        RawExchange exchange = exchange(request);

        assertThat(exchange.statuses()).singleElement().isIn(400, 501, 505);
        assertThat(exchange.text()).doesNotContain("\"code\":200");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.simpleim.contract.HostileRequests#doubtful")
    default void ambiguousRequestSmugglesNothing(String name, String request) {
        RawExchange exchange = exchange(request);

        List<Integer> statuses = exchange.statuses();
        assertThat(statuses).hasSizeBetween(1, 2);
        if (statuses.size() == 2) {
            assertThat(statuses.get(1)).as("the honest request").isEqualTo(200);
            assertThat(exchange.text()).endsWith("\"data\":{}}");
        }
    }

    /** HTTP/0.9 answers have no head. */
    @Test
    default void http09RequestGoesThroughTheFilters() {
        RawExchange exchange = RawExchange.of(deployment().base(), "GET " + path("rm/room/get_room_list") + "\r\n\r\n");

        assertHarmless(exchange);
        assertThat(exchange.text()).contains("\"error\":\"unauthenticated\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MADEUP", "get", "PROPFIND", "TRACK", "PATCH"})
    default void unknownMethodIsRefusedWithTheEnvelope(String method) {
        for (String path : List.of("rm/room/create_room", LIVE, "u/user/connect")) {
            RawExchange exchange = exchange(method + " " + path(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(exchange.statuses()).containsExactly(405, 200);
            assertThat(exchange.text()).contains("\"error\":\"method_not_allowed\"", "\r\nAllow: ");
        }
        RawExchange elsewhere = exchange(method + " " + path("no/such/path") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(elsewhere.statuses()).containsExactly(404, 200);
        assertThat(elsewhere.text()).contains("\"error\":\"not_found\"");
    }

    @Test
    default void traceDoesNotEchoTheRequest() {
        RawExchange exchange =
                exchange("TRACE " + path(LIVE) + " HTTP/1.1\r\nHost: localhost\r\ntoken: hunter2\r\n\r\n");

        assertThat(exchange.statuses()).first().isEqualTo(405);
        assertThat(exchange.text()).doesNotContain("hunter2");
    }

    @Test
    default void upgradeToHttp2IsIgnored() {
        RawExchange exchange =
                exchange("GET " + path(LIVE) + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
        assertThat(exchange.statuses()).containsExactly(200, 200);

        RawExchange preface = exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(preface.statuses()).doesNotContain(200);
    }

    @Test
    default void enormousContentLengthIsRefusedBeforeTheBodyArrives() {
        for (String length : List.of("2147483648", "9223372036854775807")) {
            RawExchange exchange = exchange(HostileRequests.login("Content-Length: " + length) + "user_id=a");
            assertThat(exchange.statuses()).first().isEqualTo(413);
            assertThat(exchange.text()).contains("\"error\":\"too_large\"");
        }
    }

    /** Sends a request followed by an honest one. */
    private RawExchange exchange(String request) {
        RawExchange exchange = RawExchange.of(
                deployment().base(),
                request.replace("{base}", deployment().base().getPath()),
                RawExchange.get(deployment().base(), LIVE));
        assertHarmless(exchange);
        assertThat(RawExchange.of(
                                deployment().base(),
                                RawExchange.get(deployment().base(), LIVE))
                        .statuses())
                .as("the server still answers")
                .containsExactly(200);
        return exchange;
    }

    private String path(String path) {
        return deployment().base().getPath() + path;
    }

    /** Checks that no internal error occurred, no internals were revealed, and nothing smuggled was answered. */
    static void assertHarmless(RawExchange exchange) {
        assertThat(exchange.statuses())
                .isSubsetOf(Set.of(100, 101, 200, 204, 400, 401, 404, 405, 413, 415, 417, 426, 501, 505));
        assertThat(exchange.text())
                .doesNotContain("Tomcat", "Coyote", "Exception", "java.", "org.apache", "at io.", "\tat ")
                .doesNotContainIgnoringCase("\r\nServer:", "\r\nX-Powered-By:")
                .doesNotContain(HostileRequests.SMUGGLED);
    }
}
