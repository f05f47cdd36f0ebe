package io.simpleim.standalone.store.redo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log files of a store, {@code <store>.redo-<number>}, numbered from 1. Requires the store's file lock; used by one
 * thread at a time.
 */
public final class RedoLogs {
    private static final Logger LOG = LoggerFactory.getLogger(RedoLogs.class);

    private final Path store;
    private final LogFile.Creator creator;

    public RedoLogs(Path store, LogFile.Creator creator) {
        this.store = store;
        this.creator = creator;
    }

    /** Creates a log and forces it and its folder entry to the disk. */
    RedoLog create(long number) {
        Path path = path(number);
        try {
            RedoLog log = RedoLog.create(path, number, creator);
            forceFolder();
            return log;
        } catch (IOException e) {
            throw LogFile.failure("Cannot create the log", path, e);
        }
    }

    /** File systems whose folders cannot be forced persist the entries themselves. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(store.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("The folder of {} cannot be forced", store, e);
        }
    }

    /**
     * Replays the logs, starting with this one.
     *
     * @return the number of the next log
     * @throws IllegalStateException if a log is missing or damaged
     */
    public long replay(MVStore into, long first) {
        if (!has(first)) {
            throw RedoReader.damaged(path(first), "it is missing");
        }
        RedoReplay before = null;
        long next = first;
        for (Map.Entry<Long, Path> log : found().tailMap(first).entrySet()) {
            if (log.getKey() != next) {
                break;
            }
            RedoReplay replay = new RedoReplay(into);
            boolean mayContinue = before == null || before.isComplete();
            Path path = log.getValue();
            RedoReader.read(path, next, records -> {
                if (!mayContinue) {
                    throw RedoReader.damaged(
                            path(log.getKey() - 1), "it ends too early, although " + path + " follows");
                }
                replay.apply(records);
            });
            before = replay;
            next++;
        }
        checkNoneIsMissing(next);
        return next;
    }

    private void checkNoneIsMissing(long next) {
        SortedMap<Long, Path> beyond = found().tailMap(next);
        if (!beyond.isEmpty()) {
            throw RedoReader.damaged(path(next), "it is missing, although there is " + beyond.get(beyond.firstKey()));
        }
    }

    /** Whether this log exists. */
    boolean has(long number) {
        return Files.exists(path(number));
    }

    /** Deletes the logs with lower numbers. A file that cannot be deleted is only reported. */
    public void deleteBefore(long number) {
        for (Path path : found().headMap(number).values()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}, which the store no longer needs", path, e);
            }
        }
    }

    Path path(long number) {
        return store.resolveSibling(store.getFileName() + ".redo-" + number);
    }

    private SortedMap<Long, Path> found() {
        Pattern name = Pattern.compile(Pattern.quote(store.getFileName() + ".redo-") + "([1-9][0-9]{0,17})");
        SortedMap<Long, Path> logs = new TreeMap<>();
        try (Stream<Path> files = Files.list(store.resolveSibling("."))) {
            files.forEach(path -> {
                Matcher matcher = name.matcher(path.getFileName().toString());
                if (matcher.matches()) {
                    logs.put(Long.valueOf(matcher.group(1)), path(Long.parseLong(matcher.group(1))));
                }
            });
        } catch (IOException e) {
            throw LogFile.failure("Cannot list the logs of", store, e);
        }
        return logs;
    }
}
