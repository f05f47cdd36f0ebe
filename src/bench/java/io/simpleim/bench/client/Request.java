package io.simpleim.bench.client;

import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;

/**
 * A request that is sent many times, each time with another number at its {@link #NUMBER} placeholders. Not
 * thread-safe.
 */
public final class Request {
    /** Placeholder for the number. */
    public static final String NUMBER = "################";

    private final byte[] bytes;
    private final int[] numbersAt;

    private Request(byte[] bytes) {
        this.bytes = bytes;
        byte[] place = ByteText.ascii(NUMBER);
        this.numbersAt = IntStream.range(0, bytes.length)
                .filter(at -> ByteText.isAt(place, bytes, at, bytes.length))
                .toArray();
    }

    /** @param head request line and headers, one per line, without {@code Host} and {@code Content-Length} */
    public static Request http(String head, String body) {
        String lines = head.strip().replace("\n", "\r\n");
        return new Request(
                ByteText.ascii(lines + "\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    }

    /** A GET. */
    public static Request get(String path, String token) {
        return new Request(
                ByteText.ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\ntoken: " + token + "\r\n\r\n"));
    }

    /** A POST with a form. */
    public static Request form(String path, String token, String form) {
        String head = "POST " + path + " HTTP/1.1\nContent-Type: application/x-www-form-urlencoded";
        return http(token.isEmpty() ? head : head + "\ntoken: " + token, form);
    }

    /** A text frame. Its mask is zero, so the payload is sent as is. */
    public static Request frame(String text) {
        byte[] payload = ByteText.ascii(text);
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

    /** Writes a number of up to 16 digits into the placeholders. */
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
