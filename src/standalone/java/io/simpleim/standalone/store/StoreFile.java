package io.simpleim.standalone.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the store and its logs, and when they are written.
 *
 * <p>A commit appends what commands have changed to the log and forces it; the changed pages follow with the next
 * checkpoint, all at once. {@link #apply} excludes both for as long as it takes to cut the log between two commands, and
 * to take a snapshot of the maps there; commands go on while either is written. The snapshot names the log that goes on
 * from it, so replaying that one and those after it over the last snapshot gives what was there, command for command.
 * MVStore never commits by itself here.
 *
 * <p>Thread-safe. Lock order: the log's lock, then the gate, then the library's monitors, then MVStore's locks.
 */
final class StoreFile implements GroupCommit.Storage, Checkpoints.Storage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

    /** What one round of tidying up may write. */
    private static final int TIDY_BYTES = 8 << 20;

    private static final int WORTH_TIDYING_PERCENT = 50;

    private final MVStore store;
    private final Limits limits;
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final @Nullable Redo redo;
    private final @Nullable Checkpoints checkpoints;
    /** Whether pages were moved since the last checkpoint; only its thread looks at it. */
    private boolean tidied;

    /**
     * When it is time for a checkpoint.
     *
     * @param logBytes of the log
     * @param pageBytes of changed pages in memory
     * @param interval since the last one
     */
    record Limits(long logBytes, long pageBytes, Duration interval) {
        private static final long MOST = 64L << 20;
        private static final long LEAST = 8L << 20;

        /** Changed pages: a sixteenth of the heap, within bounds; they are there twice while they are written. */
        static Limits forThisHeap() {
            long sixteenth = Runtime.getRuntime().maxMemory() / 16;
            return new Limits(MOST, Math.max(LEAST, Math.min(MOST, sixteenth)), Duration.ofSeconds(10));
        }
    }

    private StoreFile(MVStore store, @Nullable RedoLogs logs, long log, Limits limits) {
        this.store = store;
        this.limits = limits;
        this.redo = logs == null ? null : new Redo(logs, logs.create(log), gate.writeLock());
        if (redo != null) {
            StorePages.setNextLog(store, log);
            StorePages.commit(store);
            redo.deleteOld();
        }
        this.checkpoints = redo == null
                ? null
                : new Checkpoints(this, limits.interval(), task -> new Thread(task, "mongo-store-checkpoint"));
    }

    static StoreFile inMemory() {
        return new StoreFile(StorePages.inMemory(), null, 0, Limits.forThisHeap());
    }

    static StoreFile open(Path file) {
        return open(file, LogFile::onDisk, Limits.forThisHeap());
    }

    static StoreFile open(Path file, LogFile.Creator creator, Limits limits) {
        Path path = file.toAbsolutePath();
        MVStore store = StorePages.open(path);
        try {
            RedoLogs logs = new RedoLogs(path, creator);
            return new StoreFile(store, logs, StorePages.replay(store, logs, path), limits);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    boolean isPersistent() {
        return redo != null;
    }

    Collection<String> mapNames() {
        return store.getMapNames();
    }

    /** Opens or creates a map. */
    <V> StoredMap<V> map(String name, ValueKind<V> kind) {
        MVMap<Key, V> map = kind.open(store, name);
        RedoBuffer buffer = redo == null ? null : redo.buffer();
        if (buffer != null) {
            buffer.open(map, kind);
        }
        return new StoredMap<>(map, kind, buffer);
    }

    void removeMap(String name) {
        store.removeMap(name);
        if (redo != null) {
            redo.buffer().drop(name);
        }
    }

    void renameMap(String before, String after) {
        if (!store.hasMap(before)) {
            return;
        }
        store.renameMap(store.openMap(before), after);
        if (redo != null) {
            redo.buffer().rename(before, after);
        }
    }

    /** Bytes of the file; 0 in memory. */
    long size() {
        FileStore<?> file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    /** @throws IllegalStateException if the store has failed, and takes no more writes */
    void checkWritable() {
        if (redo != null) {
            redo.checkUsable();
        }
    }

    /** Runs a command whose changes must become durable together. May wait for a checkpoint first. */
    <T> T apply(Supplier<T> command) {
        if (checkpoints != null) {
            checkpoints.awaitRoom();
        }
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
        if (redo != null && checkpoints != null) {
            redo.commit();
            checkpoints.logged();
        }
    }

    /** Nobody has to wait for a store that has failed: it will not get better. */
    @Override
    public double pressure() {
        if (redo == null || redo.hasFailed()) {
            return 0;
        }
        double ofLog = (double) redo.length() / limits.logBytes();
        return Math.max(ofLog, (double) store.getUnsavedMemory() / limits.pageBytes());
    }

    @Override
    public boolean isBehind() {
        return redo != null && !redo.hasFailed() && (redo.length() > RedoLog.HEADER || tidied);
    }

    @Override
    public void checkpoint() {
        if (redo == null) {
            return;
        }
        try {
            redo.rotate(next -> {
                StorePages.setNextLog(store, next);
                StorePages.beginCommit(store);
            });
            StorePages.endCommit(store);
            redo.deleteOld();
            // Moves what is left in mostly dead chunks, so that the next checkpoint frees them.
            tidied = store.compact(WORTH_TIDYING_PERCENT, TIDY_BYTES);
        } catch (RuntimeException | Error e) {
            redo.fail(e);
            throw e;
        }
    }

    /** Everything is in the pages afterwards and there is no log; after a failure the logs stay as they are. */
    @Override
    public void close() {
        if (redo == null || checkpoints == null) {
            store.close();
            return;
        }
        checkpoints.close();
        try (redo) {
            redo.commit();
            StorePages.setNoLog(store);
            StorePages.commit(store);
            redo.deleteAll();
            store.close(); // without moving chunks together: MVStore trips over an assertion of its own there
        } catch (IOException | RuntimeException e) {
            LOG.error("The store was not closed cleanly; what was acknowledged is in its files", e);
            store.closeImmediately();
        }
    }
}
