package io.simpleim.bench.load;

import io.simpleim.bench.client.AnswerHandler;
import io.simpleim.bench.client.Field;
import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.Loop;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.client.Text;
import io.simpleim.bench.client.WsLink;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** What has to be done before there is something to measure: logging in, entering rooms, connecting. */
public record Calls(Loop loop, InetSocketAddress server) {
    private static final int AT_ONCE = 16;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Logs users in; gives their tokens. */
    public List<String> logIn(List<String> userIds) {
        return all(
                userIds.stream()
                        .map(userId -> Request.form("/user/get_login_token", "", "user_id=" + userId))
                        .toList(),
                "token");
    }

    /** Creates a room; gives its id. */
    public String createRoom(String token) {
        return all(List.of(Request.form("/rm/room/create_room", token, "")), "roomId")
                .get(0);
    }

    /** Has users enter a room. */
    public void enter(String roomId, List<String> tokens) {
        all(
                tokens.stream()
                        .map(token -> Request.form("/rm/room/enter_room", token, "room_id=" + roomId))
                        .toList(),
                "code");
    }

    /** Sends some messages to a room. */
    public void fill(String roomId, String token, int count, String message) {
        String form = "room_id=" + roomId + "&message=" + message;
        all(Collections.nCopies(count, Request.form("/rm/room/room_message", token, form)), "code");
    }

    /** Opens WebSockets and waits until all are open; {@code opening} begins one. */
    public List<WsLink> connect(int count, IntFunction<WsLink> opening) {
        List<WsLink> links = new ArrayList<>();
        while (links.size() < count) {
            int upTo = Math.min(count, links.size() + 4 * AT_ONCE);
            while (links.size() < upTo) {
                links.add(opening.apply(links.size()));
            }
            List<WsLink> last = links.subList(Math.max(0, upTo - 4 * AT_ONCE), upTo);
            await(() -> last.stream().allMatch(WsLink::isOpen), "connections are not open");
        }
        return links;
    }

    /** Sends requests over a few connections; gives a member of each answer, in order. */
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

    private void await(java.util.function.BooleanSupplier condition, String otherwise) {
        if (!loop.runUntil(condition, PATIENCE_NANOS)) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Makes every n-th call. */
    private final class Caller implements AnswerHandler {
        private final List<Request> requests;
        private final String[] results;
        private final Field field;
        private final int stride;
        private final HttpClient client = new HttpClient(loop, server);
        private int at;

        Caller(List<Request> requests, String[] results, String member, int first, int stride) {
            this.requests = requests;
            this.results = results;
            this.field = new Field(member);
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
            if (new Field("code").number(bytes, from, to, 0) != 200) {
                throw new IllegalStateException("status " + status + ": " + Text.string(bytes, from, to));
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
