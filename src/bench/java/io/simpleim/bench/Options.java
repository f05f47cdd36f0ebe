package io.simpleim.bench;

import io.simpleim.bench.scenario.Catalogue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the command line asks for.
 *
 * @param isQuick short windows, one of each, instead of three long ones
 * @param scenarios those to run
 * @param stores {@code memory}, {@code file}
 * @param jar the standalone server
 * @param out where to write
 * @param jvmOptions for the server
 */
public record Options(
        boolean isQuick, Set<String> scenarios, List<String> stores, Path jar, Path out, List<String> jvmOptions) {
    static final String USAGE = """
            Options:
              --quick                a short run
              --only=NAME,...        these scenarios: http-limit, store-limit, broadcast-limit, single,
                                     filled, room, cluster, slow, idle
              --stores=NAME,...      memory, file
              --jar=PATH             the server (target/simpleim-standalone.jar)
              --out=FOLDER           where the report goes (target/bench)
              --server-jvm=OPTIONS   options of the server's JVM, separated by blanks (none, as in the README)
            """;

    public Options {
        scenarios = Set.copyOf(scenarios);
        stores = List.copyOf(stores);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** @throws IllegalArgumentException if an option is not known */
    static Options parse(String[] args) {
        Options options = new Options(
                false,
                Catalogue.names(),
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
            case "--only" -> new Options(isQuick, among(Catalogue.names(), value), stores, jar, out, jvmOptions);
            case "--stores" ->
                new Options(
                        isQuick, scenarios, List.copyOf(among(Set.of("memory", "file"), value)), jar, out, jvmOptions);
            case "--jar" -> new Options(isQuick, scenarios, stores, Path.of(value), out, jvmOptions);
            case "--out" -> new Options(isQuick, scenarios, stores, jar, Path.of(value), jvmOptions);
            case "--server-jvm" ->
                new Options(isQuick, scenarios, stores, jar, out, Arrays.asList(value.split(" ", -1)));
            default -> throw new IllegalArgumentException("no such option: " + arg);
        };
    }

    private static Set<String> among(Set<String> known, String value) {
        Set<String> named = new LinkedHashSet<>(List.of(value.split(",", -1)));
        if (!known.containsAll(named)) {
            throw new IllegalArgumentException("known are " + known + ", not all of " + named);
        }
        return named;
    }

    /** Before a window: until the server's code is compiled, or just until all are at it. */
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
