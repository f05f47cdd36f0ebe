package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that an earlier run may have left behind: {@code <pid> <port>}. Pids are given out again, so a process is
 * ended only if it runs the redis-server that lies in our own folder, and is what answers on the port in the file. Not
 * thread-safe.
 */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);
    private static final int END_SECONDS = 5;

    private final Path file;
    private final Path folder;

    PidFile(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    void write(long pid, int port) {
        try {
            Files.writeString(file, pid + " " + port + "\n");
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
        read().ifPresent(entry -> ProcessHandle.of(entry.pid())
                .filter(process -> isOurs(process, entry.port()))
                .ifPresent(PidFile::end));
        delete();
    }

    private record Entry(long pid, int port) {}

    private Optional<Entry> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new Entry(Long.parseLong(words[0]), Integer.parseInt(words[1])));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read; a Redis of an earlier run may still be there", file, e);
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process, int port) {
        boolean ourBinary =
                process.info().command().map(Path::of).filter(this::isInFolder).isPresent();
        return ourBinary && RedisProcess.pidBehind(port).equals(OptionalLong.of(process.pid()));
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
