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

/** One run of {@code catalina.sh run}, whose output is kept in a file. */
final class TomcatProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int STOP_SECONDS = 30;
    /** A connector that was given port 0, and listens before it is started, says here which one it has got. */
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
        // catalina.sh replaces itself with the JVM, so that the pid is Tomcat's.
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", home.resolve("bin").resolve("catalina.sh").toString(), "run")
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // What the developer's shell happens to set is not what the test is about.
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

    /** The port on which it listens; waits for it. By then the web applications have been deployed or have failed. */
    int port() {
        until("listens", () -> output().contains(LISTENS));
        Matcher line = PORT.matcher(output());
        line.find();
        return Integer.parseInt(line.group(1));
    }

    /** Waits for a condition of the start, and shows what Tomcat said when it is not met. */
    void until(String what, Callable<Boolean> condition) {
        try {
            await().atMost(START)
                    .pollInterval(POLL)
                    .failFast("the process has ended", () -> !process.isAlive())
                    .until(condition);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new IllegalStateException("Not seen: that Tomcat " + what + ". It said:\n" + output(), e);
        }
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an operator stops it; whether it ended by itself. */
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
