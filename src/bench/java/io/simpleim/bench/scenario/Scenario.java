package io.simpleim.bench.scenario;

/** Something that is measured by itself. */
public interface Scenario {
    /** Runs it, and tells the context's report. */
    void run(Context context) throws Exception;
}
