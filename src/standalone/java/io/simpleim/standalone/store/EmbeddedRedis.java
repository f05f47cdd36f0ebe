package io.simpleim.standalone.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server as a child process, on loopback and without persistence. It ends with {@link #close()}, or with the
 * JVM through a shutdown hook. A kill -9 of the JVM leaves it running; the next start in the same folder finds it by
 * its pid file and ends it. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    /** Another process may take a free port before Redis binds it. */
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
     * @param dir folder of the binary and the pid file, used by one server at a time
     * @param port 0 for any free port
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
                LOG.info("Redis could not bind port {}; trying another one", process.port());
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

    /** {@code host:port}, as in the configuration. */
    public String address() {
        return RedisProcess.LOOPBACK + ":" + port();
    }

    /**
     * Removes the shutdown hook. The caller must then close this object when the JVM ends, after closing its users.
     * Hooks run concurrently, so parts that are still stopping could find Redis gone.
     */
    public void leaveToOwner() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is already ending", e);
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
