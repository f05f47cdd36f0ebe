package io.simpleim.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs Node.js programs. Tests that need it are annotated with {@code
 * @EnabledIf("io.simpleim.testing.NodeJs#isExpected")}.
 */
public final class NodeJs implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private NodeJs(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Whether Node.js is installed, or {@code SIMPLEIM_TEST_ALL=true} makes its absence a failure. */
    public static boolean isExpected() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")))
                || Boolean.parseBoolean(System.getenv("SIMPLEIM_TEST_ALL"));
    }

    /** Starts a program that runs until closed. */
    public static NodeJs start(String... arguments) {
        return new NodeJs(List.of(arguments));
    }

    /**
     * Runs a program to its end. Fails if it fails.
     *
     * @return its output
     */
    public static String run(String... arguments) {
        try (NodeJs node = new NodeJs(List.of(arguments))) {
            String printed = String.join("\n", node.output.lines().toList());
            if (!node.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || node.process.exitValue() != 0) {
                throw new AssertionError(printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for the next line of output. */
    public String line() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new AssertionError("it has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
