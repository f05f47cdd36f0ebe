package io.simpleim.bench.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scenarios by name, in the order in which they run: limits first, since others are held against them. */
public final class Catalogue {
    private static final Map<String, List<Scenario>> SCENARIOS = scenarios();

    private Catalogue() {}

    private static Map<String, List<Scenario>> scenarios() {
        Map<String, List<Scenario>> scenarios = new LinkedHashMap<>();
        scenarios.put("limits", List.of(new HttpLimit(), new StoreLimit()));
        scenarios.put("single", List.of(new SingleMessages()));
        return scenarios;
    }

    /** What can be asked for. */
    public static Set<String> names() {
        return SCENARIOS.keySet();
    }

    /** Runs those that are asked for. */
    public static void run(Set<String> names, Context context) throws Exception {
        for (Map.Entry<String, List<Scenario>> entry : SCENARIOS.entrySet()) {
            if (names.contains(entry.getKey())) {
                context.report().say(entry.getKey());
                for (Scenario scenario : entry.getValue()) {
                    scenario.run(context);
                }
            }
        }
    }
}
