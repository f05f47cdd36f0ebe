package io.simpleim.standalone.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server as a child process, on loopback only and without persistence. It ends with {@link #close()}, or with
 * the JVM by a shutdown hook. A kill -9 of the JVM leaves it behind; the next start in the same folder ends it then,
 * going by the pid file. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    /** Between looking for a free port and binding it somebody else may take it. */
    private static final int ATTEMPTS = 5;

    private final RedisProcess process;
    private final PidFile pidFile;
    private final Thread hook;

    private EmbeddedRedis(RedisProcess process, PidFile pidFile) {
        this.process = process;
        this.pidFile = pidFile;
        this.hook = new Thread(this::stop, "embedded-redis-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts the server and returns when it answers.
     *
     * @param dir where the binary and the pid file are kept; one server at a time
     * @param port 0 for any free one
     * @throws IllegalStateException if the binary does not run on this machine or the port is taken
     */
    public static EmbeddedRedis start(Path dir, int port) {
        PidFile pidFile = new PidFile(dir.resolve("redis.pid"), dir);
        pidFile.endStaleProcess();
        Path binary = RedisProcess.extractBinary(dir);
        for (int attempt = 1; ; attempt++) {
            RedisProcess process = RedisProcess.start(binary, dir, port == 0 ? freePort() : port);
            pidFile.write(process.handle());
            try {
                process.awaitAnswer();
                return new EmbeddedRedis(process, pidFile);
            } catch (IllegalStateException e) {
                process.stop();
                pidFile.delete();
                if (port != 0 || attempt == ATTEMPTS || !process.isPortTaken()) {
                    throw e;
                }
                LOG.info("Port {} was taken, trying another one", process.port());
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port on loopback", e);
        }
    }

    public int port() {
        return process.port();
    }

    /** As the configuration takes it: host and port. */
    public String address() {
        return RedisProcess.LOOPBACK + ":" + port();
    }

    /**
     * From now on it does not end with the JVM by itself: whoever calls this closes it then too, after what uses it. Hooks
     * run at the same time, and whatever is still stopping would find Redis gone.
     */
    public void leaveToOwner() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is ending already", e);
        }
    }

    @Override
    public void close() {
        leaveToOwner();
        stop();
    }

    private void stop() {
        process.stop();
        pidFile.delete();
    }
}
