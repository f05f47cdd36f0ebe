package io.simpleim.bench.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Searches and parses text that is kept as bytes. */
public final class ByteText {
    private ByteText() {}

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Offset of the first occurrence, or -1. */
    static int find(byte[] text, byte[] bytes, int from, int to) {
        int last = to - text.length;
        byte first = text[0];
        for (int i = from; i <= last; i++) {
            if (bytes[i] == first && isAt(text, bytes, i, to)) {
                return i;
            }
        }
        return -1;
    }

    static int find(byte text, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == text) {
                return i;
            }
        }
        return -1;
    }

    public static boolean isAt(byte[] text, byte[] bytes, int at, int to) {
        return at >= 0 && at + text.length <= to && Arrays.equals(text, 0, text.length, bytes, at, at + text.length);
    }

    /** @param lower text in lower case */
    static boolean startsWithIgnoringCase(byte[] lower, byte[] bytes, int at, int to) {
        if (at + lower.length > to) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            int b = bytes[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    static int skipSpaces(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    /** Parses the decimal digits that start at {@code from}; 0 if no digit stands there. */
    static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    static int hex(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return number;
            }
            number = number * 16 + digit;
        }
        return number;
    }
}
