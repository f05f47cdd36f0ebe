package io.simpleim.bench.scenario;

import io.simpleim.bench.client.WebSocketConnection;
import io.simpleim.bench.ledger.Receiver;
import io.simpleim.bench.measure.Machine;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Memory per idle connection. */
final class IdleConnections implements Scenario {
    private static final int QUICK = 2000;
    private static final int FULL = 10_000;
    private static final double HEAP_KIB = 16;
    private static final double KIB = 1024;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public void run(ScenarioContext context) {
        int count = context.isQuick() ? QUICK : FULL;
        Report report = context.report();
        try (ImServer server = ImServer.start(context, "idle", "memory")) {
            List<String> tokens = server.setup().logIn(UserPairs.ids("i", count));
            // The first connections load and compile code that all of them share.
            connect(server, tokens.subList(0, count / 10));
            long heapBefore = heapAtRest(server);
            long residentBefore = Machine.residentBytes(server.process().pid());
            List<WebSocketConnection> connections = connect(server, tokens.subList(count / 10, count));
            long heap = heapAtRest(server) - heapBefore;
            long resident = Machine.residentBytes(server.process().pid()) - residentBefore;
            long open = count / 10
                    + connections.stream().filter(WebSocketConnection::isOpen).count();
            report.add(Figure.of("idle/connections", (double) open, "open").atLeast(count, "all stay open"));
            report.add(Figure.of("idle/heap", heap / KIB / connections.size(), "KiB each")
                    .atMost(HEAP_KIB, "after a GC"));
            report.add(Figure.of("idle/resident", resident / KIB / connections.size(), "KiB each"));
            report.say(
                    "  " + open + " connections, heap " + heap / 1024 + " KiB, resident " + resident / 1024 + " KiB");
        }
    }

    private static List<WebSocketConnection> connect(ImServer server, List<String> tokens) {
        return server.setup().connect(tokens.size(), i -> {
            Receiver receiver = server.ledger().receiver();
            return new WebSocketConnection(
                    server.loop(), server.process().address(), "/u/user/connect", tokens.get(i), receiver);
        });
    }

    /** Heap in use when the work after opening connections is done. */
    private static long heapAtRest(ImServer server) {
        server.loop().runFor(REST_NANOS);
        server.process().countersAfterGc();
        return server.process().countersAfterGc().heapBytes();
    }
}
