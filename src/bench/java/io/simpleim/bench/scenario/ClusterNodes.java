package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.Sender;
import io.simpleim.bench.measure.Window;
import io.simpleim.bench.report.Figure;
import io.simpleim.bench.report.Report;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One node and then two, over shared stores in another process: cost and delay of delivering a message through another
 * node than the one that accepted it.
 */
final class ClusterNodes implements Scenario {
    private static final int PAIRS = 64;
    private static final int MEMBERS = 200;
    private static final int SPEAKERS = 16;
    private static final double ACROSS_NODES_MILLIS = 3;

    /** After this time a node is certain to hear all cluster messages, or to be alone. */
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(12);
    /** Long enough for a few hundred messages, one at a time. */
    private static final Load.Pace TRIAL = new Load.Pace(0, TimeUnit.SECONDS.toNanos(1), 1);

    private static final int MAX_TRIALS = 20;
    private static final double PROMPT_MILLIS = 50;

    @Override
    public void run(ScenarioContext context) {
        for (int count : new int[] {1, 2}) {
            try (ImServer server = ImServer.ofNodes(context, "cluster/" + count, count)) {
                List<InetSocketAddress> nodes = server.addresses();
                awaitPromptDelivery(server, nodes);
                Cases cases = new Cases(context, server, "cluster/" + count + "/");
                if (count == 1) {
                    cases.pairs("single", NodePlacement.spread(nodes), context.firstPace());
                } else {
                    cases.pairs("across", NodePlacement.across(nodes.get(0), nodes.get(1)), context.firstPace());
                    // Until here nothing was sent through the second node.
                    cases.pairs("spread", NodePlacement.spread(nodes), context.firstPace());
                }
                cases.room(NodePlacement.spread(nodes));
                cases.roundTrips(nodes);
            }
        }
    }

    /** Waits until messages sent through each node arrive at every node without delay. */
    private static void awaitPromptDelivery(ImServer server, List<InetSocketAddress> nodes) {
        server.loop().runFor(JOIN_NANOS);
        for (int from = 0; from < nodes.size(); from++) {
            for (int to = 0; to < nodes.size(); to++) {
                NodePlacement placement = NodePlacement.across(nodes.get(from), nodes.get(to));
                awaitDelivery(server, RoundTripExchange.open(server, placement, "t" + from + to));
            }
        }
    }

    private static void awaitDelivery(ImServer server, Sender sender) {
        for (int i = 0; i < MAX_TRIALS; i++) {
            Window deliveries = server.load(TRIAL)
                    .run(List.of(sender), new LedgerDeliveries(server.ledger()))
                    .deliveries();
            if (deliveries.operations() > 0 && deliveries.latency().millis(0.99) < PROMPT_MILLIS) {
                return;
            }
        }
        throw new IllegalStateException("the nodes did not find each other: messages arrive late or not at all");
    }

    /** @param prefix prefix of the figures' names */
    private record Cases(ScenarioContext context, ImServer server, String prefix) {
        private Load.Result run(String name, List<Sender> senders, Load.Pace pace) {
            Report report = context.report();
            Load.Result result = server.load(pace).run(senders, new LedgerDeliveries(server.ledger()));
            if (!server.settle()) {
                report.say("  " + name + ": not all messages arrived in time");
            }
            report.window(name, result.requests());
            report.outcome(name, result);
            return result;
        }

        void pairs(String kind, NodePlacement placement, Load.Pace pace) {
            String name = prefix + kind;
            Load.Result result = run(name, new UserPairs(server, placement, kind, PAIRS).overHttp(PAIRS), pace);
            Report report = context.report();
            report.add(Figure.of(name, result.requests().perSecond(), "messages/s"));
            report.add(Figure.of(name + "/deliveries", result.deliveries().perSecond(), "deliveries/s"));
            report.add(Figure.of(
                    name + "/last-delivery/p99", result.deliveries().latency().millis(0.99), "ms"));
            costs(name, result.requests());
        }

        void room(NodePlacement placement) {
            String name = prefix + "room";
            Load.Result result = run(name, RoomSetup.open(server, placement, MEMBERS, SPEAKERS), context.firstPace());
            context.report().window(name + "/deliveries", result.deliveries());
            Figure rate = Figure.of(name + "/deliveries", result.deliveries().perSecond(), "deliveries/s");
            double one = context.report().value("cluster/1/room/deliveries").orElse(0);
            context.report().add(one > 0 ? rate.beside("one node", one) : rate);
            costs(name, result.requests());
        }

        /** One sender, within a node and from one node to another. */
        void roundTrips(List<InetSocketAddress> nodes) {
            double here = roundTrips("here", NodePlacement.at(nodes.get(0)), 0);
            if (nodes.size() > 1) {
                roundTrips("there", NodePlacement.across(nodes.get(0), nodes.get(1)), here);
            }
        }

        /** @param here median within one node; 0 if this is the one being measured */
        private double roundTrips(String kind, NodePlacement placement, double here) {
            String name = prefix + kind;
            Load.Result result = run(name, List.of(RoundTripExchange.open(server, placement, kind)), context.pace());
            Window pushes = result.deliveries();
            Report report = context.report();
            report.window(name + "/push", pushes);
            double median = pushes.latency().millis(0.5);
            Figure p50 = Figure.of(name + "/push/p50", median, "ms");
            report.add(
                    here > 0 ? p50.atMost(ACROSS_NODES_MILLIS, "across nodes").beside("at one node", here) : p50);
            report.add(Figure.of(name + "/push/p99", pushes.latency().millis(0.99), "ms"));
            costs(name, result.requests());
            return median;
        }

        private void costs(String name, Window window) {
            Report report = context.report();
            report.add(Figure.of(name + "/cpu", window.serverCpuMicros(), "µs"));
            report.add(Figure.of(name + "/store-cpu", window.storeCpuMicros(), "µs"));
            report.add(Figure.of(name + "/redis-cpu", window.redisCpuMicros(), "µs"));
            double commands = window.each(window.stores().redis().commands());
            report.add(Figure.of(name + "/redis", commands, "commands"));
            report.say(String.format(
                    Locale.ROOT,
                    "  %s: MongoDB's store %.1f µs, Redis %.1f µs; %.3f Redis commands: %s",
                    name,
                    window.storeCpuMicros(),
                    window.redisCpuMicros(),
                    commands,
                    calls(window)));
        }

        /** Redis commands per message, the most frequent first. */
        private static String calls(Window window) {
            return window.stores().redis().calls().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(call -> String.format(Locale.ROOT, "%s %.3f", call.getKey(), window.each(call.getValue())))
                    .collect(Collectors.joining(", "));
        }
    }
}
