package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.util.List;

/** {@code single_message} from several clients, each to a receiver of its own, over an empty store. */
final class SingleMessages implements Scenario {
    static final int MANY = 64;
    private static final int[] CLIENTS = {64, 16, 1};
    private static final double MEMORY_TARGET = 10_000;
    private static final double SHARE_OF_STORE = 0.7;
    private static final double CPU_MICROS = 150;

    @Override
    public void run(ScenarioContext context) {
        for (String store : context.stores()) {
            try (ImServer server = ImServer.start(context, "single/" + store, store)) {
                UserPairs pairs = new UserPairs(server, "", MANY);
                for (int clients : CLIENTS) {
                    Load.Pace pace = clients == MANY ? context.firstPace() : context.pace();
                    measure(context, server, store, Integer.toString(clients), pairs.overHttp(clients), pace);
                }
                measure(context, server, store, "ws64", pairs.overWebSocket(), context.pace());
            }
        }
    }

    private static void measure(
            ScenarioContext context, ImServer server, String store, String kind, List<Sender> senders, Load.Pace pace) {
        Report report = context.report();
        Load.Result result = server.load(pace).run(senders, new LedgerDeliveries(server.ledger()));
        String name = "single/" + store + "/" + kind;
        Window window = result.requests();
        report.window(name, window);
        report.outcome(name, result);
        report.add(rate(report, store, kind, name, window));
        Figure p50 = Figure.of(name + "/p50", window.latency().millis(0.5), "ms");
        report.add(kind.equals("1") ? p50.atMost(store.equals("memory") ? 1 : 5, "one client") : p50);
        report.add(Figure.of(name + "/p99", window.latency().millis(0.99), "ms"));
        Figure cpu = Figure.of(name + "/cpu", window.serverCpuMicros(), "µs");
        report.add(kind.equals("64") ? cpu.atMost(CPU_MICROS, "server and store together") : cpu);
        report.add(Figure.of(name + "/allocated", window.serverBytes(), "bytes"));
    }

    private static Figure rate(Report report, String store, String kind, String name, Window window) {
        Figure rate = Figure.of(name, window.perSecond(), "messages/s");
        if (!kind.equals("64")) {
            return rate;
        }
        double limit = report.value("limit/store-" + store).orElse(0);
        Figure beside = limit > 0 ? rate.beside("the store alone", limit) : rate;
        if (store.equals("memory")) {
            return beside.atLeast(MEMORY_TARGET, "64 clients");
        }
        return limit > 0 ? beside.atLeast(SHARE_OF_STORE * limit, "70 % of the store alone") : beside;
    }
}
