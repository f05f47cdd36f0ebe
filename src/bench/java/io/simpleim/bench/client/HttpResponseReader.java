package io.simpleim.bench.client;

/**
 * Reads HTTP/1.1 responses with a content length, in chunks, or without a body. An incomplete response is read again
 * from its start when more bytes have arrived. Not thread-safe.
 */
final class HttpResponseReader {
    private static final byte[] LENGTH = ByteText.ascii("content-length:");
    private static final byte[] CHUNKED = ByteText.ascii("transfer-encoding: chunked");
    private static final byte[] CLOSE = ByteText.ascii("connection: close");
    private static final byte[] HEAD_END = ByteText.ascii("\r\n\r\n");

    private int status;
    private int bodyFrom;
    private int bodyTo;
    private boolean isLast;

    /** Whether the server closes the connection after this response. */
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
     * Reads one response. Chunks are joined in place.
     *
     * @return offset of the next response, or -1 if this one is incomplete
     */
    int read(byte[] bytes, int from, int to) {
        int headEnd = ByteText.find(HEAD_END, bytes, from, to);
        if (headEnd < 0) {
            return -1;
        }
        status = (int) ByteText.number(bytes, from + "HTTP/1.1 ".length(), headEnd);
        bodyFrom = headEnd + HEAD_END.length;
        isLast = headerStart(CLOSE, bytes, from, headEnd) >= 0;
        int length = headerStart(LENGTH, bytes, from, headEnd);
        if (length >= 0) {
            bodyTo = bodyFrom + (int) ByteText.number(bytes, ByteText.skipSpaces(bytes, length, headEnd), headEnd);
            return bodyTo <= to ? bodyTo : -1;
        }
        if (headerStart(CHUNKED, bytes, from, headEnd) >= 0) {
            return readChunks(bytes, to);
        }
        bodyTo = bodyFrom;
        return bodyTo;
    }

    /** Joins the chunks only when all have arrived. */
    private int readChunks(byte[] bytes, int to) {
        int end = endOfChunks(bytes, to);
        if (end < 0) {
            return -1;
        }
        int at = bodyFrom;
        bodyTo = bodyFrom;
        for (int size = ByteText.hex(bytes, at, to); size > 0; size = ByteText.hex(bytes, at, to)) {
            int data = ByteText.find((byte) '\n', bytes, at, to) + 1;
            System.arraycopy(bytes, data, bytes, bodyTo, size);
            bodyTo += size;
            at = data + size + 2;
        }
        return end;
    }

    private int endOfChunks(byte[] bytes, int to) {
        int at = bodyFrom;
        while (true) {
            int lineEnd = ByteText.find((byte) '\n', bytes, at, to);
            if (lineEnd < 0) {
                return -1;
            }
            int size = ByteText.hex(bytes, at, to);
            at = lineEnd + 1 + size + 2;
            if (at > to) {
                return -1;
            }
            if (size == 0) {
                return at;
            }
        }
    }

    /** Offset after a header's name, or -1. */
    private static int headerStart(byte[] name, byte[] bytes, int from, int to) {
        int line = ByteText.find((byte) '\n', bytes, from, to) + 1;
        while (line > 0 && line < to) {
            if (ByteText.startsWithIgnoringCase(name, bytes, line, to)) {
                return line + name.length;
            }
            line = ByteText.find((byte) '\n', bytes, line, to) + 1;
        }
        return -1;
    }
}
