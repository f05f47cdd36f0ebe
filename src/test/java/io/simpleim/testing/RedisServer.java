package io.simpleim.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A Redis or sentinel process on loopback that a test can kill, freeze and restart on the same port. It ends with the
 * test, or at the latest with the JVM. Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int END_SECONDS = 10;

    private final TempFolder folder = TempFolder.create("im-redis");
    private final OwnedPort port;
    private final List<String> arguments;
    private final String readyLine;
    private final Thread hook = new Thread(this::kill, "redis-stop");
    private Process process;
    private boolean paused;

    private RedisServer(OwnedPort port, List<String> arguments, String readyLine) {
        this.port = port;
        this.arguments = arguments;
        this.readyLine = readyLine;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a Redis without persistence and returns when it accepts commands.
     *
     * @param options such as {@code "--requirepass", "secret"}; later options override earlier ones
     */
    public static RedisServer start(String... options) {
        return start(OwnedPort.claim(), options);
    }

    /**
     * As {@link #start(String...)}, at a given port.
     *
     * @param port is closed with the server
     */
    public static RedisServer start(OwnedPort port, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("--bind", LOOPBACK, "--port", port.toString(), "--save", "", "--appendonly", "no"));
        arguments.addAll(List.of(options));
        return new RedisServer(port, arguments, "Ready to accept connections").started();
    }

    /** Starts a sentinel with these configuration lines besides its address. */
    static RedisServer sentinel(OwnedPort port, List<String> configuration) {
        RedisServer sentinel = new RedisServer(port, List.of("sentinel.conf", "--sentinel"), "Sentinel ID is");
        List<String> lines = new ArrayList<>(List.of("bind " + LOOPBACK, "port " + port));
        lines.addAll(configuration);
        try {
            Files.write(sentinel.folder.path().resolve("sentinel.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentinel.started();
    }

    private RedisServer started() {
        try {
            restart();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Restarts it on the same port. A Redis without persistence is empty then; a sentinel keeps its configuration. */
    public void restart() {
        kill();
        List<String> command = new ArrayList<>(List.of(RedisBinary.path()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    private void awaitReady() {
        try {
            await().atMost(START)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .failFast("the process has ended", () -> !process.isAlive())
                    .until(() -> said().contains(readyLine));
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new IllegalStateException("Redis does not run. Its output:\n" + said(), e);
        }
    }

    public int port() {
        return port.number();
    }

    /** {@code host:port}. */
    public String address() {
        return port.address();
    }

    /** Kills it, as a crash of the machine would; the kernel closes its connections. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process);
            paused = false;
        }
    }

    /** Freezes it: connections stay open and nothing is answered. */
    public void pause() {
        Signals.stop(process);
        paused = true;
    }

    /** Resumes it after {@link #pause}. */
    public void resume() {
        Signals.goOn(process);
        paused = false;
    }

    boolean answers() {
        return process.isAlive() && !paused;
    }

    private static int awaitEnd(Process process) {
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("process " + process.pid() + " does not end");
    }

    private String said() {
        try {
            return Files.readString(output(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return folder.path().resolve("output.txt");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } finally {
            kill();
            port.close();
            folder.close();
        }
    }
}
