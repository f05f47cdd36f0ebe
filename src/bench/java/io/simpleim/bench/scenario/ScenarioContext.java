package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.report.Report;
import io.simpleim.bench.server.LaunchSettings;
import java.util.List;

/**
 * Everything a scenario needs to run.
 *
 * @param isQuick whether to run fewer cases
 * @param stores kinds of store: {@code memory}, {@code file}
 * @param firstPace for a server whose code is not compiled yet
 * @param pace for all later measurements
 */
public record ScenarioContext(
        boolean isQuick,
        List<String> stores,
        LaunchSettings launch,
        Load.Pace firstPace,
        Load.Pace pace,
        Report report) {
    /** Text of a message; a push with it has about 310 bytes. */
    static final String TEXT = "A message of sixteen digits and a few words: ";

    public ScenarioContext {
        stores = List.copyOf(stores);
    }
}
