package io.simpleim.contract;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Malicious requests by name. {@code {base}} stands for the application's path. */
final class HostileRequests {
    /** Appears in the answer to {@link #SMUGGLED_HEAD}. */
    static final String SMUGGLED = "simpleim_";

    private static final String SMUGGLED_HEAD = "GET {base}metrics HTTP/1.1\r\nHost: localhost\r\nX-Rest: ";
    private static final String LIVE = "GET {base}health/live HTTP/1.1\r\nHost: localhost\r\n";
    private static final String BODY = "user_id=a";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CHUNK = "9\r\n" + BODY + "\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private HostileRequests() {}

    /** The head of a call with a body. */
    static String login(String... headers) {
        return "POST {base}user/get_login_token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    /** Requests that no server may accept. */
    static Stream<Arguments> refused() {
        return Stream.of(lengths(), encodings(), chunks(), heads(), targets()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> lengths() {
        return Stream.of(
                named("two lengths", login("Content-Length: 9", "Content-Length: 0") + BODY),
                named("two equal lengths", login("Content-Length: 9", "Content-Length: 9") + BODY),
                named("a list of lengths", login("Content-Length: 9, 9") + BODY),
                named("a negative length", login("Content-Length: -1") + BODY),
                named("a length with a sign", login("Content-Length: +9") + BODY),
                named("a hexadecimal length", login("Content-Length: 0x9") + BODY),
                named("a fractional length", login("Content-Length: 9.0") + BODY),
                named("no length", login("Content-Length: ") + BODY),
                named("two numbers for a length", login("Content-Length: 9 9") + BODY),
                named("a length beyond all numbers", login("Content-Length: 99999999999999999999") + BODY));
    }

    private static Stream<Arguments> encodings() {
        return Stream.of(
                        "xchunked",
                        "chunked, identity",
                        "chunked;q=0.5",
                        "\u000bchunked",
                        "\"chunked\"",
                        "chunked, chunked",
                        "",
                        "cow",
                        "gzip, chunked",
                        "chunked\r\nTransfer-Encoding: cow",
                        "chunked\r\nTransfer-Encoding: chunked")
                .map(value -> named(
                        "transfer encoding " + value.replaceAll("[\r\n\u000b]", "_"),
                        login("Transfer-Encoding: " + value, "Content-Length: 4") + LAST_CHUNK + SMUGGLED_HEAD));
    }

    private static Stream<Arguments> chunks() {
        return Stream.of(
                named("a long chunk extension", chunked("9;" + "a".repeat(20_000) + "\r\n" + BODY + "\r\n")),
                named("a line end in a chunk extension", chunked("9;a\nb\r\n" + BODY + "\r\n")),
                named("a negative chunk", chunked("-9\r\n" + BODY + "\r\n")),
                named("a chunk with a sign", chunked("+9\r\n" + BODY + "\r\n")),
                named("a chunk with a prefix", chunked("0x9\r\n" + BODY + "\r\n")),
                named("a chunk beyond all numbers", chunked("ffffffffffffffffff\r\n" + BODY + "\r\n")),
                named("a chunk that overflows", chunked("80000000\r\n" + BODY + "\r\n")),
                named("a chunk without a size", chunked("\r\n" + BODY + "\r\n")),
                named("a chunk of another size", chunked("zz\r\n" + BODY + "\r\n")),
                named("a space before a chunk's size", chunked(" 9\r\n" + BODY + "\r\n")),
                named("a chunk longer than it says", chunked("9\r\n" + BODY + "XX")),
                named("chunks with bare line feeds", login(CHUNKED) + "9\n" + BODY + "\n0\n\n"));
    }

    private static Stream<Arguments> heads() {
        return Stream.of(
                named("a space before the colon", LIVE + "Transfer-Encoding : chunked\r\n\r\n" + LAST_CHUNK),
                named("a bare carriage return", LIVE + "X: a\rY: b\r\n\r\n"),
                named("lines of carriage returns", LIVE.replace("\r\n", "\r") + "\r"),
                named("a header before all headers", LIVE.replace("Host", " Host") + "\r\n"),
                named("NUL in a header's name", LIVE + "X\0: a\r\n\r\n"),
                named("NUL in a header's value", LIVE + "X: a\0b\r\n\r\n"),
                named("a header without a colon", LIVE + "Xab\r\n\r\n"),
                named("an enormous header", LIVE + "X: " + "a".repeat(20_000) + "\r\n\r\n"),
                named("very many headers", LIVE + "X: a\r\n".repeat(500) + "\r\n"),
                named("no host", LIVE.replace("Host: localhost\r\n", "") + "\r\n"),
                named("two hosts", LIVE + "Host: other\r\n\r\n"),
                named("a host that is none", LIVE.replace("localhost", "x/../y") + "\r\n"),
                named("a newer version", LIVE.replace("1.1", "1.2") + "\r\n"),
                named("the next version", LIVE.replace("1.1", "2.0") + "\r\n"),
                named("a version that is none", LIVE.replace("1.1", "1.1x") + "\r\n"),
                named("a tunnel", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                named("a tunnel to a path", LIVE.replace("GET", "CONNECT") + "\r\n"),
                named("a method with brackets", LIVE.replace("GET", "GE(T") + "\r\n"),
                named("a method with NUL", LIVE.replace("GET", "GET\0") + "\r\n"),
                named("a method with an umlaut", LIVE.replace("GET", "G\u00c4T") + "\r\n"),
                named("an enormous method", LIVE.replace("GET", "A".repeat(20_000)) + "\r\n"));
    }

    private static Stream<Arguments> targets() {
        return Stream.of(
                        "http://other/health/live",
                        "https://localhost:99999/health/live",
                        "ftp://localhost/health/live",
                        "*",
                        "{base}\\health/live",
                        "{base}health%5clive",
                        "{base}health%2flive",
                        "{base}..%2fhealth/live",
                        "{base}../health/live",
                        "{base}%2e%2e/health/live",
                        "{base}..;/health/live",
                        "{base}%00",
                        "{base}health/live%00.jsp",
                        "{base}%c0%ae%c0%ae/health/live",
                        "{base}%",
                        "{base}%zz",
                        "{base}%ff",
                        "{base}\u00e4",
                        "{base}<x>",
                        "{base}{x}",
                        "{base}x y",
                        "{base}x#y",
                        "{base}\u007f",
                        "{base}" + "a".repeat(9_000))
                .map(target -> named(
                        "target " + (target.length() > 60 ? "enormous" : target.replace("\u007f", "DEL")),
                        "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    /** Requests that a server may accept, but only in one interpretation. */
    static Stream<Arguments> doubtful() {
        return Stream.of(
                named("a length and chunks", login("Content-Length: 4", CHUNKED) + LAST_CHUNK + SMUGGLED_HEAD),
                named(
                        "chunks and a length",
                        login(CHUNKED, "Content-Length: 100") + CHUNK + LAST_CHUNK + SMUGGLED_HEAD),
                named("chunks in capitals", login("TRANSFER-ENCODING: CHUNKED", "Content-Length: 4") + LAST_CHUNK),
                named("chunks behind a tab", login("Transfer-Encoding:\tchunked", "Content-Length: 4") + LAST_CHUNK),
                named("chunks behind a comma", login("Transfer-Encoding: , chunked", "Content-Length: 4") + LAST_CHUNK),
                named("chunks of an old version", login(CHUNKED).replace("1.1", "1.0") + CHUNK + LAST_CHUNK),
                named("a chunk extension", chunked("9;a=\"b;\"\r\n" + BODY + "\r\n")),
                named("a trailer", login(CHUNKED) + CHUNK + "0\r\nContent-Length: 50\r\ntoken: x\r\n\r\n"),
                named("a length with zeros", login("Content-Length: 0000000009") + BODY),
                named("a body of a GET", LIVE + "Content-Length: 9\r\n\r\n" + BODY),
                named("bare line feeds", LIVE.replace("\r\n", "\n") + "\n"),
                named("a folded header", LIVE + "X: a\r\n Transfer-Encoding: chunked\r\n\r\n"),
                named("a whole address", LIVE.replace("{base}", "http://localhost{base}") + "\r\n"),
                named("an address with a password", LIVE.replace("{base}", "http://u:p@localhost{base}") + "\r\n"),
                named("a long path", LIVE.replace("{base}", "{base}" + "a/".repeat(3_000)) + "\r\n"),
                named("an expectation", login("Content-Length: 9", "Expect: 200-maybe") + BODY),
                named("an upgrade to nothing", LIVE + "Connection: Upgrade\r\nUpgrade: x\r\n\r\n"));
    }

    private static String chunked(String chunk) {
        return login(CHUNKED) + chunk + LAST_CHUNK;
    }

    private static Arguments named(String name, String request) {
        return Arguments.of(name, request);
    }
}
