package io.simpleim.bench.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A measured process. Not thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int ANSWER_SECONDS = 60;
    private static final int STOP_SECONDS = 20;

    /** The buffer size that the standalone launcher sets. */
    public static final int OUR_BUFFER_BYTES = 1024;

    private final Process process;
    private final Path folder;
    private final BufferedWriter commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> lastLog = new ArrayList<>();
    private final String[] greeting;

    private ServerProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "bench-server-output");
        reader.setDaemon(true);
        reader.start();
        this.greeting = await(START_SECONDS).split(" ", -1);
    }

    /** Starts the server.
     *
     * @param store {@code memory} or {@code file}
     */
    public static ServerProcess im(LaunchSettings launch, String store, Map<String, String> settings) {
        return start(launch, ServerMain.class, OUR_BUFFER_BYTES, settings, store);
    }

    /** Starts the server as a node of a cluster.
     *
     * @param settings name the shared stores
     */
    public static ServerProcess node(LaunchSettings launch, Map<String, String> settings) {
        return start(launch, NodeMain.class, OUR_BUFFER_BYTES, settings, "node");
    }

    /** Starts the two stores that nodes share, in memory. */
    public static ServerProcess stores(LaunchSettings launch) {
        return start(launch, SharedStoresMain.class, OUR_BUFFER_BYTES, Map.of(), "memory");
    }

    /** Starts MongoDB's store alone. */
    public static ServerProcess store(LaunchSettings launch, String store) {
        return start(launch, MongoMain.class, OUR_BUFFER_BYTES, Map.of(), store);
    }

    /**
     * Starts a Tomcat without our application.
     *
     * @param bufferBytes size of a WebSocket's buffer in each direction
     */
    public static ServerProcess bareTomcat(LaunchSettings launch, int bufferBytes) {
        return start(launch, BareTomcatMain.class, bufferBytes, Map.of(), Integer.toString(bufferBytes));
    }

    private static ServerProcess start(
            LaunchSettings launch, Class<?> main, int bufferBytes, Map<String, String> settings, String argument) {
        try {
            Path folder = Files.createTempDirectory(launch.work(), "server");
            List<String> command = new ArrayList<>(launch.command());
            command.add("-Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=" + bufferBytes);
            command.add(main.getName());
            command.add(argument);
            command.add(folder.toString());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("IM_"));
            builder.environment().putAll(settings);
            return new ServerProcess(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Console.MARK)) {
                    answers.add(line.substring(Console.MARK.length()));
                } else {
                    log(line);
                }
            }
        } catch (IOException e) {
            log(e.toString());
        }
    }

    private void log(String line) {
        synchronized (lastLog) {
            lastLog.add(line);
            if (lastLog.size() > 1000) {
                lastLog.remove(0);
            }
        }
    }

    /** Warnings, errors and stack traces that the process has logged. */
    public List<String> complaints() {
        synchronized (lastLog) {
            return lastLog.stream().filter(line -> !line.contains(" INFO ")).toList();
        }
    }

    private String await(int seconds) {
        try {
            String answer = answers.poll(seconds, TimeUnit.SECONDS);
            if (answer == null) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not answer: " + complaints());
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a command and returns its answer. */
    public String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            return await(ANSWER_SECONDS);
        } catch (IOException e) {
            throw new IllegalStateException("the server has ended: " + complaints(), e);
        }
    }

    public Counters counters() {
        return Counters.ofLine(ask("counters"));
    }

    /** As {@link #counters()}, after a garbage collection. */
    public Counters countersAfterGc() {
        return Counters.ofLine(ask("gc"));
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(greeting[0]));
    }

    public String mongoAddress() {
        return greeting[1];
    }

    /** Address of the Redis that {@link #stores} has started. */
    public InetSocketAddress redisAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(greeting[2]));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
