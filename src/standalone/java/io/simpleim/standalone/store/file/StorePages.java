package io.simpleim.standalone.store.file;

import io.simpleim.standalone.store.redo.RedoLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Opens the MVStore, keeps its format and log number, and writes its pages. Stateless. */
final class StorePages {
    /** The format before there were logs. */
    private static final String OLD_FORMAT = "1";

    private static final String FORMAT = "2";
    private static final String NEXT_LOG = "log";
    /**
     * How long freed space is not reused. Immediate reuse is safe: each commit is synced before the next one starts,
     * and queries pin what they read.
     */
    private static final int RETENTION_MILLIS = 0;
    /** Small, because changes are spread over all keys and each one writes a whole page. */
    private static final int PAGE_BYTES = 4 * 1024;
    /** The cache has an eighth of the heap, within these bounds. */
    private static final int MIN_CACHE_MEGABYTES = 16;

    private static final int MAX_CACHE_MEGABYTES = 256;

    /** Makes MVStore write on its own threads. It commits by itself only after 24 days without a commit of ours. */
    private static final int NEVER_MILLIS = Integer.MAX_VALUE;

    private StorePages() {}

    static MVStore inMemory() {
        MVStore store = new MVStore.Builder().open();
        store.setVersionsToKeep(0);
        return store;
    }

    /** @throws IllegalStateException if another process has the file open, or the file is not a store */
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
        return (int) Math.max(MIN_CACHE_MEGABYTES, Math.min(MAX_CACHE_MEGABYTES, eighth));
    }

    /**
     * Checks the format and replays the logs.
     *
     * @return the number of the next log
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
            logs.deleteBefore(Long.MAX_VALUE); // left if the process died while deleting the logs of a closed store
            return 1;
        }
        return logs.replay(store, Long.parseLong(log));
    }

    /** Writes all changes durably. */
    static void commit(MVStore store) {
        beginCommit(store);
        endCommit(store);
    }

    /** Takes a snapshot of the maps, which must have changed. Another thread writes its pages. */
    static void beginCommit(MVStore store) {
        // The lock may be held for a moment to drop old versions. commit() would also wait for the writing.
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

    /** Sets the first log to replay on top of the next commit. */
    static void setNextLog(MVStore store, long number) {
        about(store).put(NEXT_LOG, Long.toString(number));
    }

    /** Declares that the next commit needs no log. */
    static void setNoLog(MVStore store) {
        about(store).remove(NEXT_LOG);
    }

    private static MVMap<String, String> about(MVStore store) {
        return store.openMap("about");
    }
}
