package io.simpleim.standalone;

import static org.awaitility.Awaitility.await;

import io.simpleim.testing.ImClient;
import io.simpleim.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The standalone jar in a process of its own. Closing it leaves no process behind, even if the test fails. */
public final class JarProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern READY = Pattern.compile("Ready at (http://\\S+/): ");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "jar-output");
    private List<ProcessHandle> children = List.of();

    private JarProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it in a folder. Of the settings in the environment, it gets only the given ones. */
    public static JarProcess start(
            Path folder, Map<String, String> environment, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx200m"));
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(Path.of(System.getProperty("im.test.standalone", "target/simpleim-standalone.jar"))
                .toAbsolutePath()
                .toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("IM_"));
        builder.environment().putAll(environment);
        try {
            return new JarProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JarProcess start(Path folder, String... arguments) {
        return start(folder, Map.of(), List.of(), arguments);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
    }

    /** Waits for the line that reports the server as ready. */
    public String readyLine() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || hasPrinted("Ready"));
        if (!hasPrinted("Ready")) {
            throw new AssertionError("the process has ended: " + output());
        }
        return output.stream()
                .filter(line -> line.contains("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private boolean hasPrinted(String words) {
        return output.stream().anyMatch(line -> line.contains(words));
    }

    /** The base URI of the server. Waits until it is ready. */
    public URI base() {
        Matcher matcher = READY.matcher(readyLine());
        if (!matcher.find()) {
            throw new AssertionError("no address in " + readyLine());
        }
        return URI.create(matcher.group(1).replace("localhost", "127.0.0.1"));
    }

    public ImClient client() {
        return new ImClient(base());
    }

    List<String> lines() {
        return List.copyOf(output);
    }

    public String output() {
        return String.join("\n", output);
    }

    /** Its child processes: the embedded Redis. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Kills the process, like kill -9. */
    public void kill() {
        children = children();
        process.destroyForcibly();
        exitCode();
    }

    /** Suspends the process, like kill -STOP: connections stay open and nothing is answered. */
    public void pause() {
        Signals.stop(process);
    }

    /** Resumes the suspended process. */
    public void resume() {
        Signals.goOn(process);
    }

    /** Asks the process to stop, like kill. */
    public void terminate() {
        children = children();
        // Unlike Process.destroy, this leaves the output open, so that the last lines can be read.
        process.toHandle().destroy();
    }

    /** Waits until the process has ended and all its output is read. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end: " + output());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
