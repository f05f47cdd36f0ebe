package io.simpleim.bench;

import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.Machine;
import io.simpleim.bench.report.FigureTable;
import io.simpleim.bench.report.JsonReport;
import io.simpleim.bench.report.Report;
import io.simpleim.bench.scenario.ScenarioCatalogue;
import io.simpleim.bench.scenario.ScenarioContext;
import io.simpleim.bench.server.LaunchSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measures the server and prints a report. Exits with 1 if a message was lost, duplicated or out of order. */
public final class Bench {
    private Bench() {}

    /** @param args see {@link Options} */
    @SuppressWarnings("SystemOut") // The report goes to the user's terminal.
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (List.of(args).contains("--help")) {
            out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, out) ? 0 : 1);
    }

    /** @return whether no message was lost, duplicated or out of order */
    private static boolean run(Options options, PrintStream out) throws Exception {
        Map<String, Object> facts = Machine.facts();
        facts.put("server_jvm_options", String.join(" ", options.jvmOptions()));
        facts.put("mode", options.isQuick() ? "quick" : "full");
        Report report = new Report(out);
        report.say(facts.toString());
        LaunchSettings launch = new LaunchSettings(
                options.jar().toAbsolutePath(),
                options.jvmOptions(),
                options.out().resolve("work"));
        ScenarioCatalogue.run(
                options.scenarios(),
                new ScenarioContext(
                        options.isQuick(),
                        options.stores(),
                        launch,
                        pace(options, true),
                        pace(options, false),
                        report));
        Path file = options.out().resolve("report.json");
        JsonReport.write(file, facts, report);
        out.println();
        out.println(FigureTable.of(report));
        out.println("Lost, doubled, out of order: " + report.balance().lost() + ", "
                + report.balance().doubled() + ", " + report.balance().outOfOrder() + " of "
                + report.balance().answered() + " sent and " + report.balance().received() + " received.");
        if (report.balance().cutOff() > 0) {
            out.println(
                    "CUT OFF: " + report.balance().cutOff() + " more were not received on connections that the server"
                            + " closed: " + report.balance().ends());
        }
        out.println("Full report: " + file);
        return report.balance().isClean();
    }

    private static Load.Pace pace(Options options, boolean isFirst) {
        return new Load.Pace(options.warmUpNanos(isFirst), options.windowNanos(), options.windows());
    }
}
