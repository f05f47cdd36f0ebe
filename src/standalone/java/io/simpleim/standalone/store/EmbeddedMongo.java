package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoServer;
import io.simpleim.standalone.store.file.StoreFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store in this JVM that speaks MongoDB's protocol on loopback, for evaluation, small installations and tests. The
 * package documentation lists its guarantees. Thread-safe.
 */
public final class EmbeddedMongo implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int ACCEPTORS = 1;
    /** A connection's worker blocks while its write is made durable, so there are more of them than cores. */
    private static final int WORKERS = 32;

    private final MongoServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    @SuppressWarnings("AddressSelection") // A numeric address needs no look-up.
    EmbeddedMongo(StoreFile file, int port) {
        this.server = new MongoServer(new StoredBackend(file, Clock.systemUTC()));
        server.bind(new InetSocketAddress(LOOPBACK, port), ACCEPTORS, WORKERS);
        this.port = server.getLocalAddress().getPort();
    }

    /**
     * Opens or creates a file and its folder.
     *
     * @param port 0 for any free port
     * @throws IllegalStateException if another process has the file open
     */
    public static EmbeddedMongo openFile(Path file, int port) {
        return new EmbeddedMongo(StoreFile.open(file), port);
    }

    /**
     * Keeps everything in memory until it is closed.
     *
     * @param port 0 for any free port
     */
    public static EmbeddedMongo inMemory(int port) {
        return new EmbeddedMongo(StoreFile.inMemory(), port);
    }

    public int port() {
        return port;
    }

    /** {@code host:port}, as in the configuration. */
    public String address() {
        return LOOPBACK + ":" + port;
    }

    /** Closes the connections, then commits, syncs and closes the file. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdownNow();
        }
    }
}
