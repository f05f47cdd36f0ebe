package io.simpleim.bench.client;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;

/** A WebSocket: receives pushes, with one pending operation at a time. Used only on its event loop's thread. */
public final class WebSocketConnection extends Connection implements Exchange {
    private static final int SWITCHING = 101;
    private static final byte[] REPLY = ByteText.ascii("{\"op\":");
    private static final byte[] ENVELOPE = ByteText.ascii("{\"code\":");

    private final PushHandler pushes;
    private final WebSocketFrameReader frames = new WebSocketFrameReader(new Incoming());
    private final HttpResponseReader handshake = new HttpResponseReader();
    private AnswerHandler handler = AnswerHandler.NONE;
    private boolean isOpen;

    /** Starts the handshake. */
    public WebSocketConnection(
            EventLoop loop, InetSocketAddress server, String path, String token, PushHandler pushes) {
        super(loop, server);
        this.pushes = pushes;
        byte[] request = ByteText.ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (token.isEmpty() ? "" : "token: " + token + "\r\n") + "\r\n");
        send(request, request.length);
    }

    /** Whether the handshake has completed. */
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void send(Request request, AnswerHandler onAnswer) {
        handler = onAnswer;
        send(request.bytes(), request.bytes().length);
    }

    @Override
    int consume(byte[] bytes, int from, int to) {
        int at = from;
        if (!isOpen) {
            at = handshake.read(bytes, from, to);
            if (at < 0) {
                return from;
            }
            if (handshake.status() != SWITCHING) {
                end("handshake refused: " + ByteText.string(bytes, from, to));
                return to;
            }
            isOpen = true;
        }
        return frames.read(bytes, at, to);
    }

    @Override
    void ended(String why) {
        isOpen = false;
        handler.failed(why);
        pushes.ended(why);
    }

    private final class Incoming implements WebSocketFrameReader.Handler {
        @Override
        public void text(byte[] bytes, int from, int to) {
            if (ByteText.isAt(REPLY, bytes, from, to) || ByteText.isAt(ENVELOPE, bytes, from, to)) {
                handler.answer(200, bytes, from, to);
            } else {
                pushes.push(bytes, from, to, loop().nowNanos());
            }
        }

        @Override
        public void close(int code) {
            end("closed with " + code);
        }

        @Override
        public void ping(byte[] bytes, int from, int to) {
            // A client that is sending proves that it is alive, so its ping needs no pong.
            if (!isSending()) {
                ByteArrayOutputStream pong = new ByteArrayOutputStream();
                pong.write(0x8A);
                pong.write(0x80 | (to - from));
                pong.writeBytes(new byte[4]);
                pong.write(bytes, from, to - from);
                send(pong.toByteArray(), pong.size());
            }
        }
    }
}
