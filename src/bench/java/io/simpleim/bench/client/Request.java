package io.simpleim.bench.client;

import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;

/**
 * A request that is sent again and again, each time with another number in the places that are kept for it. Not
 * thread-safe.
 */
public final class Request {
    /** Stands in a template where the number comes. */
    public static final String NUMBER = "################";

    private final byte[] bytes;
    private final int[] numbersAt;

    private Request(byte[] bytes) {
        this.bytes = bytes;
        byte[] place = Text.ascii(NUMBER);
        this.numbersAt = IntStream.range(0, bytes.length)
                .filter(at -> Text.isAt(place, bytes, at, bytes.length))
                .toArray();
    }

    /** @param head method, path and headers but for {@code Host} and the length, a line each */
    public static Request http(String head, String body) {
        String lines = head.strip().replace("\n", "\r\n");
        return new Request(
                Text.ascii(lines + "\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    }

    /** A GET. */
    public static Request get(String path, String token) {
        return new Request(Text.ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\ntoken: " + token + "\r\n\r\n"));
    }

    /** A POST with a form. */
    public static Request form(String path, String token, String form) {
        String head = "POST " + path + " HTTP/1.1\nContent-Type: application/x-www-form-urlencoded";
        return http(token.isEmpty() ? head : head + "\ntoken: " + token, form);
    }

    /** A text frame; its mask is zero, which leaves the text as it is. */
    public static Request frame(String text) {
        byte[] payload = Text.ascii(text);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return new Request(frame.toByteArray());
    }

    /** Puts a number of up to 16 digits in its places. */
    public void number(long number) {
        for (int at : numbersAt) {
            long left = number;
            for (int i = at + NUMBER.length() - 1; i >= at; i--) {
                bytes[i] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
    }

    byte[] bytes() {
        return bytes;
    }
}
