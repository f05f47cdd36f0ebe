package io.simpleim.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** One run of {@code catalina.sh run} with its output in a file. */
final class TomcatProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int STOP_SECONDS = 30;
    /** Names the actual port of a connector that was configured with port 0 and is bound before it starts. */
    private static final Pattern PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"https?-(?:jsse-)?nio-.*-(\\d+)\"]");

    private static final String LISTENS = "Server startup in";

    private final Process process;
    private final Path output;
    private final Thread hook;

    private TomcatProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.hook = new Thread(process::destroyForcibly, "tomcat-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static TomcatProcess start(Path home, Path base, Map<String, String> environment) throws IOException {
        Path output = base.resolve("logs").resolve("output.txt");
        // catalina.sh execs the JVM, so the pid is Tomcat's.
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", home.resolve("bin").resolve("catalina.sh").toString(), "run")
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Settings of the developer's shell must not influence the test.
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(IM|CATALINA|JAVA|JPDA)_.*|JDK_JAVA_OPTIONS|UMASK"));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "CATALINA_HOME", home.toString(),
                        "CATALINA_BASE", base.toString()));
        builder.environment().putAll(environment);
        return new TomcatProcess(builder.start(), output);
    }

    /** Waits for the start and returns the port. By then all web applications have been deployed or have failed. */
    int port() {
        until("listens", () -> output().contains(LISTENS));
        Matcher line = PORT.matcher(output());
        line.find();
        return Integer.parseInt(line.group(1));
    }

    /** Waits for a condition during the start, and fails with Tomcat's output. */
    void until(String what, Callable<Boolean> condition) {
        try {
            await().atMost(START)
                    .pollInterval(POLL)
                    .failFast("the process has ended", () -> !process.isAlive())
                    .until(condition);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new IllegalStateException("Tomcat failed before it " + what + ". Its output:\n" + output(), e);
        }
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it with a signal. Returns whether it ended by itself. */
    boolean stop() {
        process.destroy();
        boolean ended = ended();
        if (!ended) {
            process.destroyForcibly();
            ended();
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        return ended;
    }

    private boolean ended() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
