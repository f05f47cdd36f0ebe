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
 * The process that an earlier run may have left behind: {@code <pid> <start in Unix milliseconds>}. Pids are given out
 * again, so a process is ended only if it runs the redis-server that lies in our own folder, and was started at the
 * moment that the file says. Not thread-safe.
 */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);
    private static final int END_SECONDS = 5;

    /** The system reckons when a process was started from its own start, which moves a little as clocks are set. */
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

    /** Ends the server of an earlier run, if there is one; leaves any other process alone. */
    void endStaleProcess() {
        read().ifPresent(entry -> ProcessHandle.of(entry.pid()).ifPresent(process -> {
            if (isOurs(process, entry)) {
                end(process);
            } else {
                LOG.info("Pid {} is somebody else's by now; the Redis of an earlier run has ended", entry.pid());
            }
        }));
        delete();
    }

    /** A pid is given again, a pid and the moment at which it was started are not. */
    private record Entry(long pid, long startMillis) {}

    private Optional<Entry> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new Entry(Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read; a Redis of an earlier run may still be there", file, e);
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process, Entry entry) {
        boolean ourBinary =
                process.info().command().map(Path::of).filter(this::isInFolder).isPresent();
        return ourBinary && Math.abs(startMillis(process) - entry.startMillis()) <= SAME_START_MILLIS;
    }

    /** Unix milliseconds; 0 where the system does not tell, and then the binary's place has to do. */
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
        LOG.info("Ending the Redis that an earlier run has left behind, pid {}", process.pid());
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
