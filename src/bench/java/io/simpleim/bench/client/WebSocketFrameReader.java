package io.simpleim.bench.client;

import java.util.Arrays;

/** Reads messages from a server's WebSocket frames and joins fragmented ones. Not thread-safe. */
final class WebSocketFrameReader {
    private static final int FIN = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private final Handler handler;
    private byte[] parts = {};
    private int length;

    WebSocketFrameReader(Handler handler) {
        this.handler = handler;
    }

    /** Receives messages. The bytes are valid only during the call. */
    interface Handler {
        void text(byte[] bytes, int from, int to);

        /** @param code close code of the frame; 1005 if it has none */
        void close(int code);

        void ping(byte[] bytes, int from, int to);
    }

    /**
     * Consumes all complete frames.
     *
     * @return offset of the first incomplete frame
     */
    int read(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= 2) {
            int size = bytes[at + 1] & 0x7F;
            int head = size == SHORT ? 4 : size == LONG ? 10 : 2;
            if (to - at < head) {
                break;
            }
            if (size >= SHORT) {
                size = size(bytes, at + 2, at + head);
            }
            int payload = at + head;
            if (size > to - payload) {
                break;
            }
            frame(bytes[at], bytes, payload, payload + size);
            at = payload + size;
        }
        return at;
    }

    private static int size(byte[] bytes, int from, int to) {
        int size = 0;
        for (int i = from; i < to; i++) {
            size = (size << 8) | (bytes[i] & 0xFF);
        }
        return size;
    }

    private void frame(int first, byte[] bytes, int from, int to) {
        boolean isLast = (first & FIN) != 0;
        switch (first & 0x0F) {
            case TEXT, CONTINUATION -> {
                if (isLast && length == 0) {
                    handler.text(bytes, from, to);
                } else {
                    part(bytes, from, to, isLast);
                }
            }
            case PING -> handler.ping(bytes, from, to);
            case CLOSE -> handler.close(to - from >= 2 ? size(bytes, from, from + 2) : 1005);
            default -> {
                // A pong, or a frame that our servers never send.
            }
        }
    }

    private void part(byte[] bytes, int from, int to, boolean isLast) {
        int added = to - from;
        if (length + added > parts.length) {
            parts = Arrays.copyOf(parts, Math.max(2 * parts.length, length + added));
        }
        System.arraycopy(bytes, from, parts, length, added);
        length += added;
        if (isLast) {
            int whole = length;
            length = 0;
            handler.text(parts, 0, whole);
        }
    }
}
