package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.load.SlowCrowd;
import io.simpleim.bench.load.SlowCrowd.Kind;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The effect of 500 clients that send or read one byte per second on other clients. */
final class SlowClients implements Scenario {
    private static final int CROWD = 500;
    private static final int SENDERS = 16;
    private static final double P99_MILLIS = 50;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int LARGE_MESSAGES = 100;
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    @Override
    public void run(ScenarioContext context) {
        try (ImServer server = ImServer.start(context, "slow", "memory")) {
            UserPairs pairs = new UserPairs(server, "", SENDERS);
            List<Sender> senders = pairs.overHttp(SENDERS);
            measure(context, server, senders, "slow/none", context.firstPace());
            try (SlowCrowd crowd = new SlowCrowd(server.process().address(), CROWD, kinds(server))) {
                crowd.start();
                // At the start, the answers for the slow readers are read from the store.
                server.loop().runFor(START_NANOS);
                Window window = measure(context, server, senders, "slow/500", context.pace());
                Figure p99 = Figure.of("slow/500/p99", window.latency().millis(0.99), "ms");
                context.report().add(p99.atMost(P99_MILLIS, "beside 500 slow clients"));
                context.report()
                        .say("  " + crowd.disconnects() + " times a slow client was disconnected and reconnected");
            }
        }
    }

    private static Window measure(
            ScenarioContext context, ImServer server, List<Sender> senders, String name, Load.Pace pace) {
        Report report = context.report();
        Load.Result result = server.load(pace).run(senders, new LedgerDeliveries(server.ledger()));
        report.window(name, result.requests());
        report.outcome(name, result);
        report.add(Figure.of(name, result.requests().perSecond(), "messages/s"));
        return result.requests();
    }

    /** All ways in which a client can be slow. */
    private static List<Kind> kinds(ImServer server) {
        String token = server.setup().logIn(List.of("slow")).get(0);
        String room = server.setup().createRoom(token);
        server.setup().fill(room, token, LARGE_MESSAGES, "m".repeat(4_000));
        String login = "POST /user/get_login_token" + HOST;
        return List.of(
                new Kind("", "GET /" + "x".repeat(2000)),
                new Kind(login, "X-Slow: y\r\n"),
                new Kind(login + "Content-Length: 100000\r\n" + JSON + "\r\n", "{ "),
                new Kind(login + "Transfer-Encoding: chunked\r\n" + JSON + "\r\n", "1\r\n{\r\n"),
                new Kind("POST /no/such/path" + HOST + "Content-Length: 100000\r\n\r\n", "x"),
                new Kind("PUT /health/live" + HOST + "Content-Length: 100000000\r\n\r\n", "x"),
                new Kind(
                        "GET /u/user/connect" + HOST + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "token: " + token + "\r\n\r\n\u0081\u00fe\u00ff\u00ff\0\0\0\0",
                        "x"),
                new Kind(
                        "GET /rm/room/get_room_message_list?page_size=100&room_id=" + room + HOST + "token: " + token
                                + "\r\n\r\n",
                        ""));
    }
}
