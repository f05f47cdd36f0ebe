package io.simpleim.standalone.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the store, and when it is written.
 *
 * <p>Every version in the file holds whole commands: {@link #apply} and the commit exclude each other, so a document and
 * its index entries arrive together, and so does an index with the note that there is one. Only collecting and writing
 * the changed pages needs this; commands go on while the disk syncs. MVStore never commits by itself here.
 *
 * <p>Thread-safe. Lock order: this gate, then the library's monitors, then MVStore's locks.
 */
final class StoreFile implements GroupCommit.Storage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

    private static final String FORMAT = "1";
    /** What one round of tidying up may write, so that nobody waits long for the commit behind it. */
    private static final int TIDY_BYTES = 1 << 20;

    private static final int WORTH_TIDYING_PERCENT = 50;
    /**
     * How long freed space rests. It need not: each commit is synced before the next one begins, and queries pin what they
     * read. 60,000 durable inserts in batches of 100 all over the keys left a file of 227 MB with none, 302 MB with 1 s,
     * 503 MB with 5 s.
     */
    private static final int RETENTION_MILLIS = 0;
    /** A commit writes whole pages: one durable insert took 0.7 ms with these and 2 ms with the usual 16 KB. */
    private static final int PAGE_BYTES = 4 * 1024;
    /** Pages in memory: an eighth of the heap, between these. */
    private static final int LEAST_CACHE_MEGABYTES = 16;

    private static final int MOST_CACHE_MEGABYTES = 256;

    private final MVStore store;
    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    private StoreFile(MVStore store) {
        this.store = store;
    }

    static StoreFile inMemory() {
        MVStore store = new MVStore.Builder().open();
        store.setVersionsToKeep(0);
        return new StoreFile(store);
    }

    static StoreFile open(Path file) {
        MVStore store = openStore(file.toAbsolutePath());
        store.setVersionsToKeep(0);
        store.setRetentionTime(RETENTION_MILLIS);
        try {
            checkFormat(store, file);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
        return new StoreFile(store);
    }

    private static MVStore openStore(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .cacheSize(cacheMegabytes())
                    .pageSplitSize(PAGE_BYTES)
                    .open();
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

    private static void checkFormat(MVStore store, Path file) {
        boolean isNew = store.getMapNames().isEmpty();
        MVMap<String, String> about = store.openMap("about");
        String format = isNew ? FORMAT : about.get("format");
        if (!FORMAT.equals(format)) {
            throw new IllegalStateException("The store " + file + " has the format " + format
                    + "; this server reads only " + FORMAT + ". Give it another data folder.");
        }
        about.put("format", FORMAT);
    }

    MVStore store() {
        return store;
    }

    boolean isPersistent() {
        return store.isPersistent();
    }

    /** Runs a command whose changes must come into the file together. */
    <T> T apply(Supplier<T> command) {
        gate.readLock().lock();
        try {
            return command.get();
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Runs a query: the space that it reads from is not used again before it ends. */
    <T> T read(Supplier<T> query) {
        MVStore.TxCounter version = store.registerVersionUsage();
        try {
            return query.get();
        } finally {
            store.deregisterVersionUsage(version);
        }
    }

    @Override
    public void commit() {
        gate.writeLock().lock();
        try {
            store.commit();
        } finally {
            gate.writeLock().unlock();
        }
        store.sync();
    }

    /** Moves what is left in mostly dead chunks to the end, so that they can be used again. */
    @Override
    public boolean tidy() {
        return store.compact(WORTH_TIDYING_PERCENT, TIDY_BYTES);
    }

    @Override
    public void close() {
        try {
            store.close(); // without moving chunks together: MVStore trips over an assertion of its own there
        } catch (MVStoreException e) {
            LOG.error("The store was not closed cleanly; what was acknowledged is in the file", e);
            store.closeImmediately();
        }
    }
}
