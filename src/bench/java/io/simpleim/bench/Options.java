package io.simpleim.bench;

import io.simpleim.bench.scenario.ScenarioCatalogue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The command-line options.
 *
 * @param isQuick one short window for each case instead of three long ones
 * @param scenarios names of the scenarios to run
 * @param stores kinds of store to measure with: {@code memory}, {@code file}
 * @param jar the standalone server to measure
 * @param out folder of the report and of the servers' files
 * @param jvmOptions options of the server's JVM
 */
public record Options(
        boolean isQuick, Set<String> scenarios, List<String> stores, Path jar, Path out, List<String> jvmOptions) {
    static final String USAGE = """
            Options:
              --help                 print this text and exit
              --quick                run one short window for each case
              --only=NAME,...        run only these scenarios: http-limit, store-limit, broadcast-limit, single,
                                     filled, room, cluster, slow, idle (default: all)
              --stores=NAME,...      measure only with these stores: memory, file (default: both)
              --jar=PATH             measure this server (default: target/simpleim-standalone.jar)
              --out=FOLDER           write the report and the servers' files here (default: target/bench)
              --server-jvm=OPTIONS   options for the server's JVM, separated by spaces (default: none)
            """;

    public Options {
        scenarios = Set.copyOf(scenarios);
        stores = List.copyOf(stores);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** @throws IllegalArgumentException if an option or one of its values is unknown */
    static Options parse(String[] args) {
        Options options = new Options(
                false,
                ScenarioCatalogue.names(),
                List.of("memory", "file"),
                Path.of("target/simpleim-standalone.jar"),
                Path.of("target/bench"),
                List.of());
        for (String arg : args) {
            options = options.with(arg);
        }
        return options;
    }

    private Options with(String arg) {
        String[] words = arg.split("=", 2);
        String value = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "--quick" -> new Options(true, scenarios, stores, jar, out, jvmOptions);
            case "--only" ->
                new Options(isQuick, among(ScenarioCatalogue.names(), value), stores, jar, out, jvmOptions);
            case "--stores" ->
                new Options(
                        isQuick, scenarios, List.copyOf(among(Set.of("memory", "file"), value)), jar, out, jvmOptions);
            case "--jar" -> new Options(isQuick, scenarios, stores, Path.of(value), out, jvmOptions);
            case "--out" -> new Options(isQuick, scenarios, stores, jar, Path.of(value), jvmOptions);
            case "--server-jvm" ->
                new Options(isQuick, scenarios, stores, jar, out, Arrays.asList(value.split(" ", -1)));
            default -> throw new IllegalArgumentException("unknown option: " + arg);
        };
    }

    private static Set<String> among(Set<String> known, String value) {
        Set<String> named = new LinkedHashSet<>(List.of(value.split(",", -1)));
        if (!known.containsAll(named)) {
            throw new IllegalArgumentException("unknown name among " + named + "; known names are " + known);
        }
        return named;
    }

    /**
     * Warm-up before a window.
     *
     * @param isFirst whether the server's code is not compiled yet; later windows only wait until all senders are busy
     */
    public long warmUpNanos(boolean isFirst) {
        return TimeUnit.SECONDS.toNanos(isFirst ? (isQuick ? 8 : 40) : (isQuick ? 1 : 2));
    }

    public long windowNanos() {
        return TimeUnit.SECONDS.toNanos(isQuick ? 4 : 6);
    }

    public int windows() {
        return isQuick ? 1 : 3;
    }
}
