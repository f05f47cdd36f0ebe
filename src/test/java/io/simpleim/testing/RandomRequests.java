package io.simpleim.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Generates random requests and frames: most are nearly valid, some valid, some garbage. The same seed gives the same
 * ones. Not thread-safe.
 */
public final class RandomRequests {
    private static final List<String> PATHS = List.of(
            "user/get_login_token",
            "u/user/login_out",
            "u/user/connect",
            "rm/room/single_message",
            "rm/room/create_room",
            "rm/room/enter_room",
            "rm/room/invite_user_enter_room",
            "rm/room/exit_room",
            "rm/room/kick_out_room",
            "rm/room/set_room_name",
            "rm/room/room_message",
            "rm/room/get_room_list",
            "rm/room/get_room_member_list",
            "rm/room/get_room_message_list",
            "health/live",
            "metrics",
            "no/such/path",
            "WEB-INF/web.xml",
            "");
    private static final List<String> METHODS = List.of("POST", "POST", "POST", "GET", "GET", "HEAD", "PUT", "OPTIONS");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final List<String> FORMS = List.of("application/json", FORM, MULTIPART);
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "multipart/form-data",
            "text/plain",
            ";=\"");
    private static final List<String> NAMES = List.of(
            "room_id",
            "user_id",
            "to_user_id",
            "invite_user_id",
            "message",
            "message_type",
            "client_msg_id",
            "page",
            "page_size",
            "before_seq",
            "after_seq",
            "room_type",
            "seq",
            "limit",
            "rooms",
            "op",
            "ref",
            "Body",
            "Header",
            "__proto__",
            "$ne",
            "a.b");
    private static final List<String> OPERATIONS =
            List.of("single_message", "room_message", "ack", "read", "sync", "typing", "none", "");
    /** In JSON. */
    private static final List<String> VALUES = List.of(
            "1",
            "0",
            "-1",
            "1e9",
            "99999999999999999999",
            "true",
            "null",
            "[]",
            "{}",
            "{\"$ne\":null}",
            "[[[[1]]]]",
            "\"\"",
            "\"x\"",
            "\"a b\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"好\"",
            "\"😀\"",
            "\"$where\"",
            "\"{}\"");

    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\\",
            "\\u",
            "%",
            "%0",
            "%00",
            "&",
            "=",
            ";",
            "\0",
            "\r\n",
            "--b",
            "--",
            "$",
            "\u00ff",
            "\u00ed\u00a0\u0080",
            "9".repeat(20),
            "a".repeat(300),
            "[".repeat(40));

    private final Random random;
    private final String basePath;
    private final List<String> tokens;
    private final List<String> rooms;

    /**
     * @param tokens of logged-in users
     * @param rooms that some of them are in
     */
    public RandomRequests(long seed, String basePath, List<String> tokens, List<String> rooms) {
        this.random = new Random(seed);
        this.basePath = basePath;
        this.tokens = tokens;
        this.rooms = rooms;
    }

    /** @param whole whether the text is exactly one request */
    public record Request(byte[] bytes, boolean whole) {
        /** The bytes, as Latin-1. */
        public String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    public Request next() {
        String type = oneOf(FORMS);
        byte[] body = body(type);
        if (oneIn(20)) {
            return new Request(spoilt(request(body, type), 1 + random.nextInt(10)), false);
        }
        return new Request(request(oneIn(3) ? spoilt(body, 1) : body, type), true);
    }

    /** The payload of a valid UTF-8 text frame, which should be JSON. */
    public String nextFrame() {
        String frame = "{\"op\":\"" + oneOf(OPERATIONS) + "\"," + json().substring(1);
        if (oneIn(3)) {
            int at = random.nextInt(frame.length() + 1);
            int end = Math.min(frame.length(), at + random.nextInt(4));
            frame = frame.substring(0, at) + oneOf(PIECES) + frame.substring(end);
        }
        // An unpaired surrogate cannot be encoded.
        return new String(frame.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Raw bytes that need not form a frame. */
    public byte[] brokenFrame() {
        byte[] frame = new byte[2 + random.nextInt(40)];
        random.nextBytes(frame);
        return frame;
    }

    public boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private byte[] request(byte[] body, String type) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String path = oneOf(PATHS);
        boolean reads = path.contains("get_room") || !path.contains("/");
        String method = oneIn(5) ? oneOf(METHODS) : reads ? "GET" : "POST";
        // An invalid query would end the connection.
        String query = oneIn(3) ? "?" + form().replaceAll("[^a-z0-9_=&%-]", "") : "";
        line(request, method + " " + basePath + path + (oneIn(30) ? ";x" : "") + query + " HTTP/1.1");
        line(request, "Host: localhost");
        line(request, "Content-Length: " + body.length);
        // A logged-out user is refused in any case.
        if (path.endsWith("login_out")) {
            line(request, "token: x.y.z");
        } else if (!oneIn(10)) {
            line(request, "token: " + (oneIn(20) ? "x.y.z" : oneOf(tokens)));
        }
        if (!oneIn(20)) {
            line(request, "Content-Type: " + (oneIn(10) ? oneOf(TYPES) : type));
        }
        if (oneIn(20)) {
            line(request, "Accept-Language: " + oneOf(List.of("en", ",", "*;q=", "zh-CN;q=2", "x".repeat(100))));
        }
        if (oneIn(50)) {
            line(request, "X-Forwarded-For: 203.0.113.9");
        }
        line(request, "");
        request.writeBytes(body);
        return request.toByteArray();
    }

    private byte[] body(String type) {
        String text = switch (type) {
            case FORM -> form();
            case MULTIPART -> multipart();
            default -> oneIn(4) ? "{\"Header\":{\"token\":\"" + oneOf(tokens) + "\"},\"Body\":" + json() + "}" : json();
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Parameters that make sense to some call. */
    private String right() {
        return "\"room_id\":\"" + oneOf(rooms) + "\",\"message\":\"m\",\"seq\":1,\"rooms\":{\"" + oneOf(rooms) + "\":"
                + random.nextInt(3) + "},\"to_user_id\":\"" + oneOf(rooms) + "\"";
    }

    private String json() {
        if (oneIn(5)) {
            return "{" + right() + "}";
        }
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(5); i >= 0; i--) {
            json.append('"').append(oneOf(NAMES)).append("\":").append(value()).append(i == 0 ? "" : ",");
        }
        return json.append('}').toString();
    }

    private String form() {
        StringBuilder form = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            form.append(oneOf(NAMES))
                    .append('=')
                    .append(value().replace("\"", ""))
                    .append('&');
        }
        return form.toString();
    }

    private String multipart() {
        StringBuilder parts = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            parts.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(oneOf(NAMES))
                    .append('"');
            parts.append(oneIn(10) ? "; filename=\"x\"" : "").append("\r\n\r\n").append(value().replace("\"", ""));
            parts.append("\r\n");
        }
        return parts.append("--b--\r\n").toString();
    }

    private String value() {
        return oneIn(3) ? "\"" + oneOf(rooms) + "\"" : oneOf(VALUES);
    }

    /** Mutates a text: inserts, removes or repeats pieces. */
    private byte[] spoilt(byte[] bytes, int times) {
        byte[] spoilt = bytes;
        for (int i = 0; i < times; i++) {
            int from = random.nextInt(spoilt.length + 1);
            int to = Math.min(spoilt.length, from + random.nextInt(8));
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.write(spoilt, 0, from);
            changed.writeBytes(
                    oneIn(2)
                            ? oneOf(PIECES).getBytes(StandardCharsets.ISO_8859_1)
                            : Arrays.copyOfRange(spoilt, from, oneIn(2) ? to : from));
            changed.write(spoilt, to, spoilt.length - to);
            spoilt = changed.toByteArray();
        }
        return spoilt;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static void line(ByteArrayOutputStream request, String text) {
        request.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
