package io.simpleim.standalone.store.file;

import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.ValueKind;
import io.simpleim.standalone.store.redo.LogFile;
import io.simpleim.standalone.store.redo.RedoBuffer;
import io.simpleim.standalone.store.redo.RedoLogs;
import io.simpleim.standalone.store.redo.RedoWriter;
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
 * The store's file with its logs.
 *
 * <p>A commit appends the changes of commands to the log and forces it. The next checkpoint writes all changed pages.
 * Both exclude {@link #apply} only while they cut the log between two commands and take a snapshot of the maps there;
 * commands continue while either is written. The snapshot names the log that follows it. Replaying this log and all
 * later ones over the last snapshot restores the state, command by command. MVStore never commits by itself here.
 *
 * <p>Thread-safe. Lock order: the log's lock, then the gate, then the library's monitors, then MVStore's locks.
 */
public final class StoreFile implements GroupCommit.Storage, Checkpoints.Storage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

    /** Limit for moving chunks after a checkpoint. */
    private static final int COMPACT_BYTES = 8 << 20;

    private static final int COMPACT_BELOW_PERCENT = 50;

    private final MVStore store;
    private final Limits limits;
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final @Nullable RedoWriter redo;
    private final @Nullable Checkpoints checkpoints;
    /** Whether pages were moved since the last checkpoint. Used only by the checkpoint thread. */
    private boolean compacted;

    /**
     * Limits at which a checkpoint is due.
     *
     * @param logBytes length of the log
     * @param pageBytes size of changed pages in memory
     * @param interval time since the last checkpoint
     */
    public record Limits(long logBytes, long pageBytes, Duration interval) {
        private static final long MAX_BYTES = 64L << 20;
        private static final long MIN_BYTES = 8L << 20;

        /**
         * Allows a sixteenth of the heap for changed pages, within bounds. While written, they occupy twice their size.
         */
        static Limits forThisHeap() {
            long sixteenth = Runtime.getRuntime().maxMemory() / 16;
            return new Limits(MAX_BYTES, Math.max(MIN_BYTES, Math.min(MAX_BYTES, sixteenth)), Duration.ofSeconds(10));
        }
    }

    private StoreFile(MVStore store, @Nullable RedoLogs logs, long log, Limits limits) {
        this.store = store;
        this.limits = limits;
        this.redo = logs == null ? null : new RedoWriter(logs, log, gate.writeLock());
        if (redo != null) {
            StorePages.setNextLog(store, log);
            StorePages.commit(store);
            redo.deleteOld();
        }
        this.checkpoints = redo == null
                ? null
                : new Checkpoints(this, limits.interval(), task -> new Thread(task, "mongo-store-checkpoint"));
    }

    /** Creates a store without a file, whose data is lost when it is closed. */
    public static StoreFile inMemory() {
        return new StoreFile(StorePages.inMemory(), null, 0, Limits.forThisHeap());
    }

    /**
     * Opens or creates a file and replays its logs.
     *
     * @throws IllegalStateException if another process has the file open, or the file or a log is damaged
     */
    public static StoreFile open(Path file) {
        return open(file, LogFile::onDisk, Limits.forThisHeap());
    }

    /** Like {@link #open(Path)}, with other log files and limits. */
    public static StoreFile open(Path file, LogFile.Creator creator, Limits limits) {
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

    public boolean isPersistent() {
        return redo != null;
    }

    public Collection<String> mapNames() {
        return store.getMapNames();
    }

    /** Opens or creates a map. */
    public <V> StoredMap<V> map(String name, ValueKind<V> kind) {
        MVMap<Key, V> map = kind.open(store, name);
        RedoBuffer buffer = redo == null ? null : redo.buffer();
        if (buffer != null) {
            buffer.open(map, kind);
        }
        return new StoredMap<>(map, kind, buffer);
    }

    public void removeMap(String name) {
        store.removeMap(name);
        if (redo != null) {
            redo.buffer().drop(name);
        }
    }

    public void renameMap(String before, String after) {
        if (!store.hasMap(before)) {
            return;
        }
        store.renameMap(store.openMap(before), after);
        if (redo != null) {
            redo.buffer().rename(before, after);
        }
    }

    /** Size of the file in bytes; 0 in memory. */
    public long size() {
        FileStore<?> file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    /** @throws IllegalStateException if the store has failed and takes no more writes */
    public void checkWritable() {
        if (redo != null) {
            redo.checkUsable();
        }
    }

    /** Runs a command whose changes become durable together. May wait for a checkpoint first. */
    public <T> T apply(Supplier<T> command) {
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

    /** Runs a query. The space that it reads is not reused before it ends. */
    public <T> T read(Supplier<T> query) {
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

    /** 0 after a failure: waiting would not help. */
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
        return redo != null && !redo.hasFailed() && (!redo.isEmpty() || compacted);
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
            // Empties mostly dead chunks, so that the next checkpoint frees them.
            compacted = store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
        } catch (RuntimeException | Error e) {
            redo.fail(e);
            throw e;
        }
    }

    /** Writes everything to the pages and deletes the logs. After a failure the logs stay as they are. */
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
            store.close(); // without compaction, in which MVStore fails an assertion of its own
        } catch (IOException | RuntimeException e) {
            LOG.error("The store was not closed cleanly; acknowledged writes are in its files", e);
            store.closeImmediately();
        }
    }
}
