package io.simpleim.standalone.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** One run of the redis-server binary from the embedded-redis library. Thread-safe. */
final class RedisProcess {
    static final String LOOPBACK = "127.0.0.1";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final int STOP_SECONDS = 5;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int RETRY_MILLIS = 10;
    private static final byte[] INFO = "INFO server\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PID = "process_id:";

    private final Process process;
    private final int port;
    private final Path output;

    private RedisProcess(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    static Path extractBinary(Path dir) {
        try {
            Files.createDirectories(dir);
            return ExecutableProvider.newJarResourceProvider(dir.toFile()).get().toPath();
        } catch (IOException | RuntimeException e) {
            throw cannotRun(e.toString(), e);
        }
    }

    static RedisProcess start(Path binary, Path dir, int port) {
        Path output = dir.resolve("redis.log");
        List<String> command = List.of(
                binary.toAbsolutePath().toString(),
                "--bind " + LOOPBACK,
                "--port " + port,
                "--save \"\"",
                "--appendonly no",
                "--daemonize no");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new RedisProcess(process, port, output);
        } catch (IOException e) {
            throw cannotRun(e.toString(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    int port() {
        return port;
    }

    /** Waits until the server answers. While it starts, it refuses connections. */
    void awaitAnswer() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        boolean answered = false;
        while (!answered) {
            answered = answers();
            if (ended(answered ? 0 : RETRY_MILLIS)) {
                throw cannotRun(output(), null);
            } else if (System.nanoTime() - deadline > 0) {
                throw cannotRun("no answer within " + START_TIMEOUT.toSeconds() + " s", null);
            }
        }
    }

    /** Compares pids, because another Redis on the port would answer a PING too. */
    private boolean answers() {
        return pidBehind(port).equals(OptionalLong.of(pid()));
    }

    /** The pid of the Redis that listens on a local port. */
    @SuppressWarnings("AddressSelection") // A numeric address needs no look-up.
    private static OptionalLong pidBehind(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream().write(INFO);
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = answer.readLine();
            while (line != null && !line.startsWith("-") && !line.startsWith(PID)) {
                line = answer.readLine();
            }
            return line != null && line.startsWith(PID)
                    ? OptionalLong.of(Long.parseLong(line.substring(PID.length())))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private boolean ended(int millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Redis was starting", e);
        }
    }

    boolean isPortTaken() {
        return output().contains("Address already in use");
    }

    private String output() {
        try {
            return Files.exists(output)
                    ? Files.readString(output, StandardCharsets.ISO_8859_1).strip()
                    : "";
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static IllegalStateException cannotRun(String why, @Nullable Exception cause) {
        return new IllegalStateException(
                "The embedded Redis does not run on this machine (on Linux it needs OpenSSL 3): " + why
                        + ". Set [redis] address to a Redis of your own.",
                cause);
    }
}
