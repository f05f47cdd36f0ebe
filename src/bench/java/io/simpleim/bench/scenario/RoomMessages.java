package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.util.List;

/** Fan-out to a room of a thousand connected members, from members who only send. */
final class RoomMessages implements Scenario {
    private static final int[] SENDERS = {1, 4, 64};
    private static final int MAX_SENDERS = 64;
    private static final double SHARE_OF_BARE = 0.8;

    @Override
    public void run(ScenarioContext context) {
        for (String store : context.stores()) {
            if (context.isQuick() && !store.equals(context.stores().get(0))) {
                continue;
            }
            try (ImServer server = ImServer.start(context, "room/" + store, store)) {
                long began = System.nanoTime();
                List<Sender> senders = RoomSetup.open(
                        server, NodePlacement.at(server.process().address()), BroadcastLimit.LISTENERS, MAX_SENDERS);
                context.report()
                        .say("  " + BroadcastLimit.LISTENERS + " members entered and connected in "
                                + (System.nanoTime() - began) / 1_000_000_000 + " s");
                for (int count : SENDERS) {
                    Load.Pace pace = count == SENDERS[0] ? context.firstPace() : context.pace();
                    measure(context, server, store, senders.subList(0, count), pace);
                }
            }
        }
    }

    private static void measure(
            ScenarioContext context, ImServer server, String store, List<Sender> senders, Load.Pace pace) {
        Report report = context.report();
        String name = "room/" + store + "/" + senders.size();
        Load.Result result = server.load(pace).run(senders, new LedgerDeliveries(server.ledger()));
        if (!server.settle()) {
            report.say("  " + name + ": not all messages arrived in time");
        }
        report.window(name, result.requests());
        report.window(name + "/deliveries", result.deliveries());
        report.outcome(name, result);
        Window deliveries = result.deliveries();
        report.add(Figure.of(name, result.requests().perSecond(), "messages/s"));
        report.add(rate(report, name, senders.size(), deliveries));
        report.add(Figure.of(name + "/deliveries/cpu", deliveries.serverCpuMicros(), "µs"));
        double p50 = untilLast(deliveries, 0.5);
        double p99 = untilLast(deliveries, 0.99);
        Figure last50 = Figure.of(name + "/last-delivery/p50", p50, "ms");
        Figure last99 = Figure.of(name + "/last-delivery/p99", p99, "ms");
        boolean isOne = senders.size() == 1;
        report.add(isOne ? last50.atMost(10, "one sender") : last50);
        report.add(last99.atMost(isOne ? 20 : 500, senders.size() + " senders"));
    }

    /** NaN, which misses any target, if no message has reached all members. */
    private static double untilLast(Window deliveries, double share) {
        return deliveries.latency().count() == 0
                ? Double.NaN
                : deliveries.latency().millis(share);
    }

    private static Figure rate(Report report, String name, int senders, Window deliveries) {
        Figure rate = Figure.of(name + "/deliveries", deliveries.perSecond(), "deliveries/s");
        double bare = report.value("limit/broadcast").orElse(0);
        if (bare > 0) {
            rate = rate.beside("the bare batched broadcast", bare);
        }
        return switch (senders) {
            case 4 -> rate.atLeast(140_000, "4 senders");
            case 64 -> rate.atLeast(Math.max(400_000, SHARE_OF_BARE * bare), "64 senders; 80 % of bare");
            default -> rate;
        };
    }
}
