package io.simpleim.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A WebSocket client, built on the JDK's. */
public final class ImSocket implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Frames frames = new Frames();
    private final WebSocket socket;

    private ImSocket(HttpClient http, URI uri, UnaryOperator<WebSocket.Builder> options) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        socket = options.apply(builder)
                .buildAsync(uri, frames)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /**
     * Connects with the token in a header. Returns when the server's endpoint is open.
     *
     * @throws java.util.concurrent.CompletionException with a {@link java.net.http.WebSocketHandshakeException} as its
     *     cause
     */
    public static ImSocket connect(URI base, String path, String token) {
        return connect(base, path, builder -> builder.header("token", token));
    }

    /** Connects with options, such as {@code b -> b.subprotocols("im.v1", "token." + token)}. */
    public static ImSocket connect(URI base, String path, UnaryOperator<WebSocket.Builder> options) {
        return connect(HTTP, base, path, options);
    }

    /** Connects with a client of the test's, using TLS if the base is https. */
    public static ImSocket connect(HttpClient http, URI base, String path, UnaryOperator<WebSocket.Builder> options) {
        String address = base.resolve(path).toString();
        return new ImSocket(http, URI.create("ws" + address.substring("http".length())), options);
    }

    /** Opens a receiving connection. A ping has been answered, so the server pushes to it from now on. */
    public static ImSocket listen(URI base, String token) {
        ImSocket opened = connect(base, "u/user/connect", token);
        opened.awaitOpen();
        return opened;
    }

    /** Waits until a ping is answered, which shows that the server's endpoint is open. */
    void awaitOpen() {
        send("{\"op\":\"ping\"}");
        List<String> before = new ArrayList<>();
        // Frames of the backlog may arrive first and stay in the queue.
        for (String frame = nextText(); !isPong(frame); frame = nextText()) {
            before.add(0, frame);
        }
        before.forEach(frames.received::addFirst);
    }

    private static boolean isPong(String frame) {
        JsonElement op = JsonParser.parseString(frame).getAsJsonObject().get("op");
        return op != null && op.getAsString().equals("pong");
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String frame) {
        socket.sendText(frame, true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    public WebSocket raw() {
        return socket;
    }

    /** Waits for the next frame. */
    public JsonObject next() {
        return JsonParser.parseString(nextText()).getAsJsonObject();
    }

    private String nextText() {
        try {
            String frame = frames.received.poll(SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame within " + SECONDS + " s; the connection: " + frames.closed);
            }
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of unread frames. To be sure that none is on its way, wait for the answer to a ping first. */
    public int waiting() {
        return frames.received.size();
    }

    /** Waits for the server's close and returns its code. */
    public int closeCode() {
        return frames.closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /**
     * Closes the connection and waits for the server's confirmation. After an abort instead, further pushes might still
     * count as received.
     */
    public void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
        closeCode();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Frames implements WebSocket.Listener {
        private final BlockingDeque<String> received = new LinkedBlockingDeque<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                received.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
