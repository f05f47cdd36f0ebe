package io.simpleim.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client's WebSocket, on the JDK's own. */
public final class ImSocket implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Frames frames = new Frames();
    private final WebSocket socket;

    private ImSocket(URI uri, UnaryOperator<WebSocket.Builder> options) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        socket = options.apply(builder)
                .buildAsync(uri, frames)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /**
     * Connects with the token in a header; returns when the server's endpoint is open.
     *
     * @throws java.util.concurrent.CompletionException whose cause is a {@link java.net.http.WebSocketHandshakeException}
     */
    public static ImSocket connect(URI base, String path, String token) {
        return connect(base, path, builder -> builder.header("token", token));
    }

    /** Connects with options, such as {@code b -> b.subprotocols("im.v1", "token." + token)}. */
    public static ImSocket connect(URI base, String path, UnaryOperator<WebSocket.Builder> options) {
        URI http = base.resolve(path);
        return new ImSocket(URI.create("ws" + http.toString().substring("http".length())), options);
    }

    /** The receiving end, open: a ping has been answered, so the server pushes to it from now on. */
    public static ImSocket listen(URI base, String token) {
        ImSocket opened = connect(base, "u/user/connect", token);
        opened.send("{\"op\":\"ping\"}");
        opened.next();
        return opened;
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

    /** The next frame; waits for it. */
    public JsonObject next() {
        try {
            String frame = frames.received.poll(SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame within " + SECONDS + " s");
            }
            return JsonParser.parseString(frame).getAsJsonObject();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has arrived and was not asked for: send a ping and wait for its pong before, so that nothing is under way. */
    public int waiting() {
        return frames.received.size();
    }

    /** The code with which the server closes; waits for it. */
    public int closeCode() {
        return frames.closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
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
