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

/** A WebSocket that may break at any moment, and says so. Frames are handed on one at a time, in their order. */
final class BreakableSocket implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final WebSocket socket;
    /** Guarded by this: one frame is on its way at a time. */
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    private BreakableSocket(URI uri, String token, Consumer<JsonObject> onFrame) {
        socket = HTTP.newWebSocketBuilder()
                .header("token", token)
                .buildAsync(uri, new Frames(ended, onFrame))
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** @throws BrokenException if there is nobody who answers */
    static BreakableSocket open(URI base, String path, String token, Consumer<JsonObject> onFrame) {
        try {
            return new BreakableSocket(
                    URI.create("ws" + base.resolve(path).toString().substring("http".length())), token, onFrame);
        } catch (CompletionException e) {
            throw new BrokenException(e);
        }
    }

    /** Sends after what was sent before; a dead line takes it and does nothing. */
    synchronized CompletableFuture<?> sendLater(String frame) {
        sending = sending.handle((sent, error) -> sent).thenCompose(sent -> socket.sendText(frame, true));
        return sending;
    }

    /** @throws BrokenException if the line is dead */
    void send(String frame) {
        try {
            sendLater(frame).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new BrokenException(e);
        }
    }

    /** Completes when the line is dead, whoever has ended it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        socket.abort();
        ended.complete(null);
    }

    /** The other side is gone. */
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
