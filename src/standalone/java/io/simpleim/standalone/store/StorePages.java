package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** How the MVStore is set up, its note about the format and the log, and writing its pages. Stateless. */
final class StorePages {
    /** Without logs. */
    private static final String OLD_FORMAT = "1";

    private static final String FORMAT = "2";
    private static final String NEXT_LOG = "log";
    /**
     * How long freed space rests. It need not: each commit is synced before the next one begins, and queries pin what they
     * read.
     */
    private static final int RETENTION_MILLIS = 0;
    /** Changes are all over the keys, and the whole page is written for each. */
    private static final int PAGE_BYTES = 4 * 1024;
    /** Pages in memory: an eighth of the heap, between these. */
    private static final int LEAST_CACHE_MEGABYTES = 16;

    private static final int MOST_CACHE_MEGABYTES = 256;

    /** Has MVStore write on threads of its own, and commit by itself after 24 days without a commit of ours. */
    private static final int NEVER_MILLIS = Integer.MAX_VALUE;

    private StorePages() {}

    static MVStore inMemory() {
        MVStore store = new MVStore.Builder().open();
        store.setVersionsToKeep(0);
        return store;
    }

    /** @throws IllegalStateException if another process has the file open, or it is not such a file */
    static MVStore open(Path file) {
        try {
            Files.createDirectories(file.getParent());
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .autoCompactFillRate(0)
                    .cacheSize(cacheMegabytes())
                    .pageSplitSize(PAGE_BYTES)
                    .open();
            store.setVersionsToKeep(0);
            store.setRetentionTime(RETENTION_MILLIS);
            store.setAutoCommitDelay(NEVER_MILLIS);
            return store;
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IllegalStateException(
                        "The store " + file + " is in use: another server seems to be running on this data folder", e);
            }
            throw new IllegalStateException("Cannot open the store " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the folder of " + file, e);
        }
    }

    private static int cacheMegabytes() {
        long eighth = (Runtime.getRuntime().maxMemory() / 8) >> 20;
        return (int) Math.max(LEAST_CACHE_MEGABYTES, Math.min(MOST_CACHE_MEGABYTES, eighth));
    }

    /**
     * Checks the format and does again what the logs say.
     *
     * @return the number of the log to go on with
     * @throws IllegalStateException if the format is unknown, or a log is missing or damaged
     */
    static long replay(MVStore store, RedoLogs logs, Path file) {
        boolean isNew = store.getMapNames().isEmpty();
        String format = isNew ? FORMAT : about(store).get("format");
        if (!FORMAT.equals(format) && !OLD_FORMAT.equals(format)) {
            throw new IllegalStateException("The store " + file + " has the format " + format
                    + "; this server reads only " + OLD_FORMAT + " and " + FORMAT + ". Give it another data folder.");
        }
        String log = about(store).get(NEXT_LOG);
        about(store).put("format", FORMAT);
        if (log == null) {
            logs.deleteBefore(Long.MAX_VALUE); // the store was closed, and what it had written last was deleting them
            return 1;
        }
        long first = Long.parseLong(log);
        if (!logs.has(first)) {
            throw RedoReader.damaged(logs.path(first), "it is missing");
        }
        return logs.replay(store, first);
    }

    /** Makes everything durable. */
    static void commit(MVStore store) {
        beginCommit(store);
        endCommit(store);
    }

    /** Takes a snapshot of the maps, where something must have changed. Its pages are written on another thread. */
    static void beginCommit(MVStore store) {
        // Somebody else's dropping of old versions may have the lock for a moment; commit() would wait for the writing
        // too.
        while (store.tryCommit() < 0) {
            if (store.isClosed()) {
                throw new IllegalStateException("The store is closed");
            }
            Thread.onSpinWait();
        }
    }

    /** Returns when the snapshot is durable. */
    static void endCommit(MVStore store) {
        store.getFileStore().executeFileStoreOperation(store::sync);
    }

    /** The log that goes on from the next commit. */
    static void setNextLog(MVStore store, long number) {
        about(store).put(NEXT_LOG, Long.toString(number));
    }

    /** No log goes on from the next commit. */
    static void setNoLog(MVStore store) {
        about(store).remove(NEXT_LOG);
    }

    private static MVMap<String, String> about(MVStore store) {
        return store.openMap("about");
    }
}
