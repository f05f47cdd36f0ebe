package io.simpleim.bench.scenario;

/** One independent measurement. */
public interface Scenario {
    /** Measures, and adds the results to the context's report. */
    void run(ScenarioContext context) throws Exception;
}
