package io.simpleim.bench.scenario;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.report.Report;
import io.simpleim.bench.server.Launch;
import java.util.List;

/**
 * What scenarios are given.
 *
 * @param isQuick fewer cases
 * @param stores {@code memory}, {@code file}
 * @param firstPace for what is not compiled yet
 * @param pace for all that comes after it
 */
public record Context(
        boolean isQuick, List<String> stores, Launch launch, Load.Pace firstPace, Load.Pace pace, Report report) {
    /** What a message of ours says; with it a push is about 310 bytes. */
    static final String TEXT = "A message of sixteen digits and a few words: ";

    public Context {
        stores = List.copyOf(stores);
    }
}
