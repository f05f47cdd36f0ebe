package io.simpleim.bench.load;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.ByteText;
import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.JsonField;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.WebSocketConnection;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Prepares a measurement: logs users in, fills rooms, opens connections. Used only on its event loop's thread. */
public record SetupClient(EventLoop loop, InetSocketAddress server) {
    private static final int AT_ONCE = 16;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Logs users in and returns their tokens, in the same order. */
    public List<String> logIn(List<String> userIds) {
        return all(
                userIds.stream()
                        .map(userId -> Request.form("/user/get_login_token", "", "user_id=" + userId))
                        .toList(),
                "token");
    }

    /** Creates a room and returns its id. */
    public String createRoom(String token) {
        return all(List.of(Request.form("/rm/room/create_room", token, "")), "roomId")
                .get(0);
    }

    /** Makes users enter a room. */
    public void enter(String roomId, List<String> tokens) {
        all(
                tokens.stream()
                        .map(token -> Request.form("/rm/room/enter_room", token, "room_id=" + roomId))
                        .toList(),
                "code");
    }

    /** Sends {@code count} copies of a message to a room. */
    public void fill(String roomId, String token, int count, String message) {
        String form = "room_id=" + roomId + "&message=" + message;
        all(Collections.nCopies(count, Request.form("/rm/room/room_message", token, form)), "code");
    }

    /**
     * Opens WebSockets and waits until all are open.
     *
     * @param opener starts the handshake of the n-th one
     */
    public List<WebSocketConnection> connect(int count, IntFunction<WebSocketConnection> opener) {
        List<WebSocketConnection> connections = new ArrayList<>();
        while (connections.size() < count) {
            int upTo = Math.min(count, connections.size() + 4 * AT_ONCE);
            while (connections.size() < upTo) {
                connections.add(opener.apply(connections.size()));
            }
            List<WebSocketConnection> last = connections.subList(Math.max(0, upTo - 4 * AT_ONCE), upTo);
            await(() -> last.stream().allMatch(WebSocketConnection::isOpen), "connections are not open");
        }
        return connections;
    }

    /** Sends requests over a few connections and returns one field of each answer, in order. */
    private List<String> all(List<Request> requests, String member) {
        String[] results = new String[requests.size()];
        Caller[] callers = new Caller[Math.min(AT_ONCE, requests.size())];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Caller(requests, results, member, i, callers.length);
            callers[i].next();
        }
        await(() -> Arrays.stream(callers).allMatch(Caller::isDone), "calls are not answered");
        Arrays.stream(callers).forEach(Caller::close);
        return Arrays.asList(results);
    }

    private void await(BooleanSupplier condition, String otherwise) {
        if (!loop.runUntil(condition, PATIENCE_NANOS)) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Sends every n-th request. */
    private final class Caller implements AnswerHandler {
        private final List<Request> requests;
        private final String[] results;
        private final JsonField field;
        private final int stride;
        private final HttpClient client = new HttpClient(loop, server);
        private int at;

        Caller(List<Request> requests, String[] results, String member, int first, int stride) {
            this.requests = requests;
            this.results = results;
            this.field = new JsonField(member);
            this.at = first;
            this.stride = stride;
        }

        void next() {
            if (!isDone()) {
                client.send(requests.get(at), this);
            }
        }

        boolean isDone() {
            return at >= requests.size();
        }

        @Override
        public void answer(int status, byte[] bytes, int from, int to) {
            if (new JsonField("code").number(bytes, from, to, 0) != 200) {
                throw new IllegalStateException("status " + status + ": " + ByteText.string(bytes, from, to));
            }
            results[at] = field.text(bytes, from, to);
            at += stride;
            next();
        }

        @Override
        public void failed(String why) {
            throw new IllegalStateException(why);
        }

        void close() {
            client.close();
        }
    }
}
