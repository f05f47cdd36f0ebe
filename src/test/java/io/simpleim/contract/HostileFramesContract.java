package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawExchange;
import io.simpleim.testing.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes and frames that violate RFC 6455 end their own connection and nothing else. */
interface HostileFramesContract extends ApiSuite {
    String GOOD_HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    int PROTOCOL_ERROR = 1002;
    int NOT_UTF8 = 1007;
    int TOO_LARGE = 1009;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n| | 400",
                "dGhlIHNhbXBsZSBub25jZQ==|abc | 400",
                "dGhlIHNhbXBsZSBub25jZQ==|!!!! | 400",
                "Connection: Upgrade\r\n| | 400",
                "Connection: Upgrade|Connection: close | 400",
                "Sec-WebSocket-Version: 13\r\n| | 426",
                "Version: 13|Version: 8 | 426",
                "Version: 13|Version: x | 426",
                "Upgrade: websocket\r\n| | 426",
                "Upgrade: websocket|Upgrade: h2c | 426"
            })
    default void handshakeOfAnotherVersionThan13IsRefused(String change) {
        String[] parts = change.split("\\|");
        RawExchange exchange = handshake("u/user/connect", GOOD_HANDSHAKE.replace(parts[0], parts[1].strip()));

        assertThat(exchange.statuses()).singleElement().isEqualTo(Integer.valueOf(parts[2].strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"offline=%zz", "offline=%ff", "%=", "offline=%C0%80"})
    default void handshakeWithInvalidPercentEncodingIsMalformed(String query) {
        RawExchange exchange = handshake("u/user/connect?" + query, GOOD_HANDSHAKE);

        assertThat(exchange.statuses()).containsExactly(400);
        assertThat(exchange.text()).contains("\"error\":\"malformed_body\"");
    }

    @Test
    default void handshakeMayHaveManyUnknownParameters() {
        RawExchange exchange = handshake("u/user/connect?" + "a&".repeat(1_000) + "offline=none", GOOD_HANDSHAKE);

        assertThat(exchange.statuses()).containsExactly(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                "Sec-WebSocket-Extensions: ;;;=,,\"",
                "Sec-WebSocket-Protocol: ,,,",
                "Sec-WebSocket-Protocol: no-such-thing"
            })
    default void unknownHandshakeOffersAreIgnored(String header) {
        RawExchange exchange = handshake("u/user/connect", GOOD_HANDSHAKE + header + "\r\n");

        assertThat(exchange.statuses()).containsExactly(101);
        assertThat(exchange.text()).doesNotContain("Sec-WebSocket-Extensions", "no-such-thing");
    }

    static Arguments[] forbidden() {
        return new Arguments[] {
            Arguments.of("not masked", PROTOCOL_ERROR, "81 02 7b 7d"),
            Arguments.of("first reserved bit", PROTOCOL_ERROR, "c1 82 00 00 00 00 7b 7d"),
            Arguments.of("second reserved bit", PROTOCOL_ERROR, "a1 82 00 00 00 00 7b 7d"),
            Arguments.of("third reserved bit", PROTOCOL_ERROR, "91 82 00 00 00 00 7b 7d"),
            Arguments.of("reserved operation", PROTOCOL_ERROR, "83 81 00 00 00 00 78"),
            Arguments.of("reserved control operation", PROTOCOL_ERROR, "8b 81 00 00 00 00 78"),
            Arguments.of("last operation", PROTOCOL_ERROR, "8f 81 00 00 00 00 78"),
            Arguments.of("ping in fragments", PROTOCOL_ERROR, "09 81 00 00 00 00 78"),
            Arguments.of("close in fragments", PROTOCOL_ERROR, "08 80 00 00 00 00"),
            Arguments.of("ping of 126 bytes", PROTOCOL_ERROR, "89 fe 00 7e 00 00 00 00" + " 78".repeat(126)),
            Arguments.of("continuation of nothing", PROTOCOL_ERROR, "80 81 00 00 00 00 78"),
            Arguments.of("text within a text", PROTOCOL_ERROR, "01 81 00 00 00 00 7b 81 81 00 00 00 00 7d"),
            Arguments.of("binary within a text", PROTOCOL_ERROR, "01 81 00 00 00 00 7b 82 81 00 00 00 00 7d"),
            Arguments.of("close of one byte", PROTOCOL_ERROR, "88 81 00 00 00 00 03"),
            Arguments.of("close with no code", PROTOCOL_ERROR, "88 82 00 00 00 00 03 ed"),
            Arguments.of("close that is not UTF-8", PROTOCOL_ERROR, "88 83 00 00 00 00 03 e8 ff"),
            Arguments.of("negative length", PROTOCOL_ERROR, "81 ff ff ff ff ff ff ff ff ff 00 00 00 00"),
            Arguments.of("text that is not UTF-8", NOT_UTF8, "81 82 00 00 00 00 ff fe"),
            Arguments.of("text that is cut off", NOT_UTF8, "81 83 00 00 00 00 f0 9f 98"),
            Arguments.of("text with half a pair", NOT_UTF8, "81 83 00 00 00 00 ed a0 80"),
            Arguments.of("text in an overlong form", NOT_UTF8, "81 82 00 00 00 00 c0 af"),
            Arguments.of("fragments that are not UTF-8", NOT_UTF8, "01 82 00 00 00 00 f0 9f 80 82 00 00 00 00 28 80")
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forbidden")
    default void forbiddenFrameClosesTheConnectionWithoutRevealingInternals(String name, int code, String bytes) {
        ImUser user = anyUser();
        try (RawWebSocket socket = RawWebSocket.connect(deployment().base(), user.token())) {
            socket.sendBytes(bytes);
            RawWebSocket.Frame close = socket.next().orElseThrow();

            assertThat(close.opCode()).isEqualTo(RawWebSocket.CLOSE);
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(new String(close.payload(), 2, close.payload().length - 2, StandardCharsets.UTF_8))
                    .doesNotContain("Exception", "java.", "org.", "io.", "Tomcat");
        }
        assertServes(user);
    }

    @Test
    default void oversizedBinaryFrameClosesTheConnectionBeforeItArrives() {
        ImUser user = anyUser();
        try (RawWebSocket socket = RawWebSocket.connect(deployment().base(), user.token())) {
            // The frame announces a terabyte.
            socket.sendBytes("82 ff 00 00 01 00 00 00 00 00 00 00 00 00" + " 78".repeat(140_000));
            Optional<RawWebSocket.Frame> close = socket.next();

            assertThat(close)
                    .hasValueSatisfying(frame -> assertThat(frame.closeCode()).isEqualTo(TOO_LARGE));
        }
        assertServes(user);
    }

    @Test
    default void unusualButValidFramesAreAccepted() {
        ImUser user = anyUser();
        try (RawWebSocket socket = RawWebSocket.connect(deployment().base(), user.token())) {
            // A ping between fragments of a text, empty fragments, and a length encoding longer than necessary.
            socket.sendBytes("01 81 00 00 00 00 7b 89 81 00 00 00 00 78 00 80 00 00 00 00 80 81 00 00 00 00 7d");
            assertThat(socket.next())
                    .hasValueSatisfying(frame -> assertThat(frame.opCode()).isEqualTo(RawWebSocket.PONG));
            assertThat(error(socket)).isEqualTo("malformed_frame");
            socket.sendBytes("81 fe 00 02 00 00 00 00 7b 7d");
            assertThat(error(socket)).isEqualTo("malformed_frame");
        }
    }

    private static String error(RawWebSocket socket) {
        return socket.next().orElseThrow().json().get("error").getAsString();
    }

    private RawExchange handshake(String pathAndQuery, String headers) {
        RawExchange exchange = RawExchange.of(
                deployment().base(),
                "GET " + deployment().base().getPath() + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\ntoken: "
                        + anyUser().token() + "\r\n" + headers + "\r\n");
        HostileRequestsContract.assertHarmless(exchange);
        return exchange;
    }

    /** Checks that only the offending connection was lost. */
    private void assertServes(ImUser user) {
        try (RawWebSocket socket = RawWebSocket.connect(deployment().base(), user.token())) {
            socket.send("{\"op\":\"ping\"}");
            assertThat(socket.next().orElseThrow().json().get("op").getAsString())
                    .isEqualTo("pong");
        }
    }
}
