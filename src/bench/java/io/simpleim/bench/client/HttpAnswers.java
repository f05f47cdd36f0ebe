package io.simpleim.bench.client;

/**
 * Finds answers of HTTP/1.1 among bytes: with a length, in chunks, or without a body. An answer that is not complete is
 * looked at again from its beginning when more has come. Not thread-safe.
 */
final class HttpAnswers {
    private static final byte[] LENGTH = Text.ascii("content-length:");
    private static final byte[] CHUNKED = Text.ascii("transfer-encoding: chunked");
    private static final byte[] CLOSE = Text.ascii("connection: close");
    private static final byte[] HEAD_END = Text.ascii("\r\n\r\n");

    private int status;
    private int bodyFrom;
    private int bodyTo;
    private boolean isLast;

    /** Whether the server closes the connection after this answer. */
    boolean isLast() {
        return isLast;
    }

    int status() {
        return status;
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    /**
     * Reads one answer; chunks are moved together where they stand.
     *
     * @return where the next answer begins, or -1 if this one is not complete
     */
    int read(byte[] bytes, int from, int to) {
        int headEnd = Text.find(HEAD_END, bytes, from, to);
        if (headEnd < 0) {
            return -1;
        }
        status = (int) Text.number(bytes, from + "HTTP/1.1 ".length(), headEnd);
        bodyFrom = headEnd + HEAD_END.length;
        isLast = headerStart(CLOSE, bytes, from, headEnd) >= 0;
        int length = headerStart(LENGTH, bytes, from, headEnd);
        if (length >= 0) {
            bodyTo = bodyFrom + (int) Text.number(bytes, Text.skipSpaces(bytes, length, headEnd), headEnd);
            return bodyTo <= to ? bodyTo : -1;
        }
        if (headerStart(CHUNKED, bytes, from, headEnd) >= 0) {
            return readChunks(bytes, to);
        }
        bodyTo = bodyFrom;
        return bodyTo;
    }

    /** Two rounds: chunks are moved only when all are there. */
    private int readChunks(byte[] bytes, int to) {
        int end = endOfChunks(bytes, to);
        if (end < 0) {
            return -1;
        }
        int at = bodyFrom;
        bodyTo = bodyFrom;
        for (int size = Text.hex(bytes, at, to); size > 0; size = Text.hex(bytes, at, to)) {
            int data = Text.find((byte) '\n', bytes, at, to) + 1;
            System.arraycopy(bytes, data, bytes, bodyTo, size);
            bodyTo += size;
            at = data + size + 2;
        }
        return end;
    }

    private int endOfChunks(byte[] bytes, int to) {
        int at = bodyFrom;
        while (true) {
            int lineEnd = Text.find((byte) '\n', bytes, at, to);
            if (lineEnd < 0) {
                return -1;
            }
            int size = Text.hex(bytes, at, to);
            at = lineEnd + 1 + size + 2;
            if (at > to) {
                return -1;
            }
            if (size == 0) {
                return at;
            }
        }
    }

    /** Behind a header's name, or -1. */
    private static int headerStart(byte[] name, byte[] bytes, int from, int to) {
        int line = Text.find((byte) '\n', bytes, from, to) + 1;
        while (line > 0 && line < to) {
            if (Text.startsWithIgnoringCase(name, bytes, line, to)) {
                return line + name.length;
            }
            line = Text.find((byte) '\n', bytes, line, to) + 1;
        }
        return -1;
    }
}
