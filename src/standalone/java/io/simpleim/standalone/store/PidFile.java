package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the Redis process, to end it if an earlier run has left it behind: {@code <pid> <start in Unix
 * milliseconds>}. Pids are reused, so a process is ended only if it runs the redis-server in our own folder and has the
 * recorded start time. Not thread-safe.
 */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);
    private static final int END_SECONDS = 5;

    /** The system derives start times from its boot time, which shifts a little when the clock is set. */
    private static final long SAME_START_MILLIS = 2_000;

    private final Path file;
    private final Path folder;

    PidFile(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    void write(ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + " " + startMillis(process) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}", file, e);
        }
    }

    /** Ends the Redis of an earlier run, if there is one. Any other process is left alone. */
    void endStaleProcess() {
        read().ifPresent(entry -> ProcessHandle.of(entry.pid()).ifPresent(process -> {
            if (isOurs(process, entry)) {
                end(process);
            } else {
                LOG.info(
                        "The Redis of an earlier run has ended; its pid {} now belongs to another process",
                        entry.pid());
            }
        }));
        delete();
    }

    /** Pid and start time together identify a process. */
    private record Entry(long pid, long startMillis) {}

    private Optional<Entry> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new Entry(Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot read {}; a Redis of an earlier run may still be running", file, e);
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process, Entry entry) {
        boolean ourBinary =
                process.info().command().map(Path::of).filter(this::isInFolder).isPresent();
        return ourBinary && Math.abs(startMillis(process) - entry.startMillis()) <= SAME_START_MILLIS;
    }

    /** Unix milliseconds; 0 if the system does not tell, so that only the location of the binary counts. */
    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private boolean isInFolder(Path command) {
        try {
            Path name = command.getFileName();
            return name != null
                    && name.toString().startsWith("redis-server")
                    && folder.toRealPath().equals(command.getParent());
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        LOG.info("Ending the Redis of an earlier run, pid {}", process.pid());
        process.destroy();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
