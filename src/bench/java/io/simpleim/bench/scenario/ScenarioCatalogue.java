package io.simpleim.bench.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The scenarios by name, in the order in which they run: limits first, because other figures are compared with them.
 */
public final class ScenarioCatalogue {
    private static final Map<String, Scenario> SCENARIOS = scenarios();

    private ScenarioCatalogue() {}

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

    /** Names of all scenarios. */
    public static Set<String> names() {
        return SCENARIOS.keySet();
    }

    /** Runs the named scenarios. */
    public static void run(Set<String> names, ScenarioContext context) throws Exception {
        for (Map.Entry<String, Scenario> entry : SCENARIOS.entrySet()) {
            if (names.contains(entry.getKey())) {
                context.report().say(entry.getKey());
                entry.getValue().run(context);
            }
        }
    }
}
