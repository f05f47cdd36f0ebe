package io.simpleim.bench.scenario;

import io.simpleim.bench.client.HttpClient;
import io.simpleim.bench.client.JsonField;
import io.simpleim.bench.client.Request;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Existing data must not slow the server down: {@code single_message} before and after a million messages of other
 * users are stored, and the first and the deepest page of a long history and of a long list of rooms.
 */
final class FilledStore implements Scenario {
    private static final int PAGE = 20;
    private static final String READER = "reader";
    private static final double WITHIN = 0.9;
    private static final long FILLING_NANOS = TimeUnit.MINUTES.toNanos(30);

    /** Amount of data: a million messages, or a tenth of it in a quick run. */
    private record Size(int history, int rooms, int pairs) {
        static Size of(boolean isQuick) {
            int part = isQuick ? 10 : 1;
            return new Size(400_000 / part, 100_000 / part, 50_000 / part);
        }

        int messages() {
            return history + 2 * rooms + 8 * pairs;
        }
    }

    @Override
    public void run(ScenarioContext context) throws Exception {
        Size size = Size.of(context.isQuick());
        for (String store : context.stores()) {
            try (ImServer server = ImServer.start(context, "filled/" + store, store)) {
                UserPairs pairs = new UserPairs(server, "", SingleMessages.MANY);
                List<Sender> senders = pairs.overHttp(SingleMessages.MANY);
                Window before = send(context, server, "filled/" + store + "/before", context.firstPace(), senders);
                fill(context, server, size);
                Window after = send(context, server, "filled/" + store + "/after", context.pace(), senders);
                Report report = context.report();
                report.add(Figure.of("filled/" + store + "/ratio", after.perSecond() / before.perSecond(), "")
                        .atLeast(WITHIN, "within 10 % of the empty store"));
                report.add(Figure.of(
                        "filled/" + store + "/cpu-ratio", after.serverCpuMicros() / before.serverCpuMicros(), ""));
                read(context, server, store, size);
            }
        }
    }

    private static Window send(
            ScenarioContext context, ImServer server, String name, Load.Pace pace, List<Sender> senders) {
        Load.Result result = server.load(pace).run(senders, new LedgerDeliveries(server.ledger()));
        context.report().window(name, result.requests());
        context.report().outcome(name, result);
        context.report().add(Figure.of(name, result.requests().perSecond(), "messages/s"));
        return result.requests();
    }

    private static void fill(ScenarioContext context, ImServer server, Size size) throws Exception {
        long began = System.nanoTime();
        try (HistoryWriter writer = new HistoryWriter(server.openStore())) {
            writer.addConversations(List.of(longest()), size.history());
            writer.addConversations(partners(READER, "q", size.rooms()), 2);
            writer.addConversations(partners("", "o", size.pairs()), 8);
            // Meanwhile the connections must be served.
            server.loop().runUntil(writer::isDone, FILLING_NANOS);
            writer.await();
        }
        context.report()
                .say(String.format(
                        Locale.ROOT,
                        "  filled: %,d messages, %,d of them in one room; %,d rooms of one user; %,d other pairs; in %d s",
                        size.messages(),
                        size.history(),
                        size.rooms(),
                        size.pairs(),
                        (System.nanoTime() - began) / 1_000_000_000));
    }

    private static HistoryWriter.Pair longest() {
        return new HistoryWriter.Pair(READER, "longest");
    }

    /** @param userId if empty, each pair has a user of its own */
    private static List<HistoryWriter.Pair> partners(String userId, String prefix, int count) {
        return UserPairs.ids(prefix, count).stream()
                .map(peer -> new HistoryWriter.Pair(userId.isEmpty() ? "with" + peer : userId, peer))
                .toList();
    }

    private static void read(ScenarioContext context, ImServer server, String store, Size size) {
        String token = server.setup().logIn(List.of(READER)).get(0);
        String history = "/rm/room/get_room_message_list?room_id=" + longest().roomId() + "&page=";
        String list = "/rm/room/get_room_list?page=";
        String name = "filled/" + store + "/";
        read(context, server, store, name + "history/first", Request.get(history + 1, token));
        read(context, server, store, name + "history/deepest", Request.get(history + size.history() / PAGE, token));
        read(context, server, store, name + "list/first", Request.get(list + 1, token));
        read(context, server, store, name + "list/deepest", Request.get(list + size.rooms() / PAGE, token));
    }

    private static void read(ScenarioContext context, ImServer server, String store, String name, Request request) {
        JsonField roomId = new JsonField("RoomId");
        Sender reader = new Sender(
                server.loop(),
                new HttpClient(server.loop(), server.process().address()),
                request,
                (bytes, from, to, sentNanos) -> {
                    if (roomId.find(bytes, from, to) < 0) {
                        throw new IllegalStateException(name + ": empty page");
                    }
                });
        Load.Result result = server.load(context.pace()).run(List.of(reader), Load.Deliveries.NONE);
        Window window = result.requests();
        Report report = context.report();
        report.window(name, window);
        report.outcome(name, result);
        boolean isMemory = store.equals("memory");
        report.add(Figure.of(name + "/p50", window.latency().millis(0.5), "ms").atMost(isMemory ? 2 : 8, "one client"));
        report.add(
                Figure.of(name + "/p99", window.latency().millis(0.99), "ms").atMost(isMemory ? 10 : 40, "one client"));
    }
}
