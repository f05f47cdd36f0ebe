package io.simpleim.faults;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A WebSocket that reports when it breaks. Frames are delivered one at a time, in order. */
final class BreakableSocket implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final WebSocket socket;
    /** Guarded by this. Only one frame is written at a time. */
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    private BreakableSocket(URI uri, String token, Consumer<JsonObject> onFrame) {
        socket = HTTP.newWebSocketBuilder()
                .header("token", token)
                .buildAsync(uri, new Frames(ended, onFrame))
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** @throws BrokenException if no server answers */
    static BreakableSocket open(URI base, String path, String token, Consumer<JsonObject> onFrame) {
        try {
            return new BreakableSocket(
                    URI.create("ws" + base.resolve(path).toString().substring("http".length())), token, onFrame);
        } catch (CompletionException e) {
            throw new BrokenException(e);
        }
    }

    /** Queues a frame after the earlier ones. Does nothing on a broken connection. */
    synchronized CompletableFuture<?> sendLater(String frame) {
        sending = sending.handle((sent, error) -> sent).thenCompose(sent -> socket.sendText(frame, true));
        return sending;
    }

    /** @throws BrokenException if the connection is broken */
    void send(String frame) {
        try {
            sendLater(frame).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new BrokenException(e);
        }
    }

    /** Completes when the connection has ended, whichever side ended it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        socket.abort();
        ended.complete(null);
    }

    /** The server is gone. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(Throwable cause) {
            super(cause);
        }
    }

    private static final class Frames implements WebSocket.Listener {
        private final CompletableFuture<Void> ended;
        private final Consumer<JsonObject> onFrame;
        private final StringBuilder parts = new StringBuilder();

        Frames(CompletableFuture<Void> ended, Consumer<JsonObject> onFrame) {
            this.ended = ended;
            this.onFrame = onFrame;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                JsonObject frame = JsonParser.parseString(parts.toString()).getAsJsonObject();
                parts.setLength(0);
                onFrame.accept(frame);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended.complete(null);
        }
    }
}
