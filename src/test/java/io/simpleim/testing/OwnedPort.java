package io.simpleim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A port on 127.0.0.1 that belongs to one test until it is closed, also while no server listens there.
 *
 * <p>A port that was merely probed can be lost between the probe and the server's bind, and again between the stop of a
 * server and its restart. The bind then fails with "Address already in use". Two parties could take the port:
 *
 * <ul>
 *   <li>The kernel, for an outgoing connection. Owned ports therefore lie outside its ephemeral range. Within that
 *       range a client that retries against a stopped server sooner or later connects to itself.
 *   <li>Another test, in this JVM or in one beside it. A claim therefore locks one byte of a file that all test JVMs of
 *       a user share. The operating system releases the lock when the JVM dies.
 * </ul>
 *
 * <p>A restarted server must bind with SO_REUSEADDR, which is Java's default on Linux, since connections of its
 * predecessor may be in TIME_WAIT. Thread-safe.
 */
public final class OwnedPort implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TRIES = 1_000;
    /** The bus of a Redis Cluster node listens this far above its port. */
    private static final int CLUSTER_BUS_OFFSET = 10_000;

    private static final PortRange RANGE = PortRange.outside(PortRange.ephemeral());
    /** Never closed: on POSIX systems, closing any channel to the file releases all locks that the JVM holds on it. */
    private static final FileChannel LOCK_FILE = openLockFile();

    private final int number;
    /** Guarded by this. */
    private final List<FileLock> locks = new ArrayList<>();

    private OwnedPort(int number) {
        this.number = number;
    }

    /**
     * Claims any free port.
     *
     * @throws IllegalStateException if none was found
     */
    public static OwnedPort claim() {
        return claimAny(RANGE, OwnedPort::tryClaim);
    }

    /**
     * Claims a port for a Redis Cluster node, together with the port of its bus.
     *
     * @throws IllegalStateException if no such pair was found
     */
    public static OwnedPort claimForClusterNode() {
        return claimAny(RANGE.withSecondPort(CLUSTER_BUS_OFFSET), port -> tryClaim(port, port + CLUSTER_BUS_OFFSET));
    }

    private static OwnedPort claimAny(PortRange range, IntFunction<Optional<OwnedPort>> tryClaim) {
        return IntStream.generate(range::random)
                .limit(TRIES)
                .mapToObj(tryClaim)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port in " + TRIES + " tries in " + range));
    }

    /** Claims a specific port; empty if a test owns it or a process listens there. */
    static Optional<OwnedPort> tryClaim(int port) {
        return tryClaim(new int[] {port});
    }

    private static Optional<OwnedPort> tryClaim(int... ports) {
        OwnedPort claimed = new OwnedPort(ports[0]);
        for (int port : ports) {
            if (!claimed.lock(port) || !isFree(port)) {
                claimed.close();
                return Optional.empty();
            }
        }
        return Optional.of(claimed);
    }

    private synchronized boolean lock(int port) {
        try {
            FileLock lock = LOCK_FILE.tryLock(port, 1, false);
            if (lock != null) {
                locks.add(lock);
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another test in this JVM owns it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that do not use the locks may listen there. */
    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One file per user, since users cannot open each other's files for writing. */
    private static FileChannel openLockFile() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "simpleim-test-ports-" + System.getProperty("user.name") + ".lock");
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return number;
    }

    /** {@code host:port}. */
    public String address() {
        return LOOPBACK + ":" + number;
    }

    /** The port number, as a command line takes it. */
    @Override
    public String toString() {
        return Integer.toString(number);
    }

    /** Releases the port; stop the server first. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        try {
            for (FileLock lock : locks) {
                lock.release();
            }
            locks.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
