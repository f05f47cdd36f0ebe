package io.simpleim.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Reads commands from standard input and answers each with one line. Runs in the measured process. */
final class Console {
    /** Prefix of lines for the benchmark; all other lines are log output. */
    static final String MARK = "@ ";

    private Console() {}

    /**
     * Answers commands until the input ends.
     *
     * @param greeting first line of output
     * @param commands handlers by command name, given the rest of the line
     */
    static void serve(String greeting, Map<String, Function<String, String>> commands) throws IOException {
        say(greeting);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            say(
                    switch (words[0]) {
                        case "counters" -> Counters.now().toLine();
                        case "gc" -> {
                            System.gc();
                            yield Counters.now().toLine();
                        }
                        default ->
                            commands.getOrDefault(words[0], unknown -> "unknown")
                                    .apply(rest);
                    });
        }
    }

    @SuppressWarnings("SystemOut") // The benchmark reads it.
    private static void say(String line) {
        System.out.println(MARK + line);
        System.out.flush();
    }
}
