package io.simpleim.bench.report;

import io.simpleim.bench.ledger.Balance;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.Window;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects the results of the scenarios and prints them as they come. Not thread-safe. */
public final class Report {
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private Balance balance = Balance.EMPTY;

    public Report(PrintStream out) {
        this.out = out;
    }

    /** Adds a window and prints it. */
    public void window(String name, Window window) {
        windows.put(name, window);
        out.printf(
                Locale.ROOT,
                "  %-34s %,10.0f/s  p50 %8.2f  p90 %8.2f  p99 %8.2f  max %8.2f ms  server %7.1f µs %,9.0f B  client %6.1f µs  others %3.0f %%%n",
                name,
                window.perSecond(),
                window.latency().millis(0.5),
                window.latency().millis(0.9),
                window.latency().millis(0.99),
                window.latency().maxMillis(),
                window.serverCpuMicros(),
                window.serverBytes(),
                window.clientCpuMicros(),
                100 * window.otherCpu());
    }

    /** Prints retries, and adds failures to the complaints. */
    public void outcome(String name, Load.Result result) {
        if (result.retries() > 0) {
            say("  " + name + ": " + result.retries() + " retries because the server was busy");
        }
        result.failures().forEach((why, count) -> {
            complaints.add(name + ": " + count + " times " + why);
            say("  " + name + ": FAILED " + count + " times: " + why);
        });
    }

    public void add(Figure figure) {
        figures.add(figure);
    }

    public void add(Balance added) {
        balance = balance.plus(added);
        say("  ledger: " + added);
    }

    /** Adds warnings and errors that a server has logged. */
    public void complaints(String name, List<String> lines) {
        lines.stream().limit(20).forEach(line -> complaints.add(name + ": " + line));
        if (!lines.isEmpty()) {
            say("  " + lines.size() + " warnings and errors in the log; the first one: " + lines.get(0));
        }
    }

    public void say(String line) {
        out.println(line);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public Map<String, Window> windows() {
        return windows;
    }

    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public Balance balance() {
        return balance;
    }

    /** The value of a figure that was added before. */
    public OptionalDouble value(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst();
    }
}
