package io.simpleim.bench.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The scenarios by name, in the order in which they run: limits first, since others are held against them. */
public final class Catalogue {
    private static final Map<String, Scenario> SCENARIOS = scenarios();

    private Catalogue() {}

    private static Map<String, Scenario> scenarios() {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("http-limit", new HttpLimit());
        scenarios.put("store-limit", new StoreLimit());
        scenarios.put("broadcast-limit", new BroadcastLimit());
        scenarios.put("single", new SingleMessages());
        scenarios.put("filled", new FilledStore());
        scenarios.put("room", new RoomMessages());
        scenarios.put("cluster", new ClusterNodes());
        scenarios.put("slow", new SlowClients());
        scenarios.put("idle", new IdleConnections());
        return scenarios;
    }

    /** What can be asked for. */
    public static Set<String> names() {
        return SCENARIOS.keySet();
    }

    /** Runs those that are asked for. */
    public static void run(Set<String> names, Context context) throws Exception {
        for (Map.Entry<String, Scenario> entry : SCENARIOS.entrySet()) {
            if (names.contains(entry.getKey())) {
                context.report().say(entry.getKey());
                entry.getValue().run(context);
            }
        }
    }
}
