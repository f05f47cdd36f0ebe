package io.simpleim.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of {@code src/site/examples} as a reader would. Closing leaves nothing behind. */
public final class Example implements AutoCloseable {
    private static final Path FOLDER = Path.of("src/site/examples");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TempFolder folder = TempFolder.create("im-example");
    private final Path output = folder.path().resolve("output");
    private final Process process;

    private Example(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException(e);
        }
    }

    static Example java(String file, Map<String, String> environment) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Example(List.of(java.toString(), FOLDER.resolve(file).toString()), environment);
    }

    static Example node(String file, Map<String, String> environment) {
        return new Example(List.of("node", FOLDER.resolve(file).toString()), environment);
    }

    static Example bash(String file, Map<String, String> environment) {
        return new Example(List.of("bash", FOLDER.resolve(file).toString()), environment);
    }

    /** Whether Node.js is installed, or {@code SIMPLEIM_TEST_ALL=true} makes its absence a failure. */
    static boolean isNodeExpected() {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "node")));
        return isThere || Boolean.parseBoolean(System.getenv("SIMPLEIM_TEST_ALL"));
    }

    /** Waits for an output. */
    public Example awaitOutput(String text) {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || output().contains(text));
        assertThat(output()).contains(text);
        return this;
    }

    /** Waits for its end and returns the exit status. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        return process.exitValue();
    }

    /** The output so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        folder.close();
    }
}
