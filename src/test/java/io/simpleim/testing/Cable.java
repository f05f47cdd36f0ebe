package io.simpleim.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way from a browser to a server: an address that lasts while servers come and go behind it, and that can be unplugged.
 * Thread-safe.
 */
public final class Cable implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        return thread;
    });
    /** Where the server is; 0 while unplugged. */
    private volatile int serverPort;

    private Cable(ServerSocket listening) {
        this.listening = listening;
        threads.execute(this::accept);
    }

    /** Not plugged in yet. */
    public static Cable lay() {
        try {
            return new Cable(new ServerSocket(LastingPort.free(), 0, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's address for browsers, with a slash at the end. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
    }

    public void plugInto(Deployment server) {
        serverPort = server.base().getPort();
    }

    /** Breaks all connections; new ones break as soon as they are made. */
    public void unplug() {
        serverPort = 0;
        ends.forEach(Cable::end);
    }

    @Override
    public void close() {
        unplug();
        end(listening);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                threads.execute(() -> connect(near));
            } catch (IOException e) {
                // Closed; or the one who called is gone already.
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        ends.add(near);
        ends.add(far);
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            threads.execute(() -> carry(far, near));
            carry(near, far);
        } catch (IOException e) {
            hangUp(near, far);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Broken off.
        } finally {
            hangUp(from, to);
        }
    }

    private void hangUp(Socket one, Socket other) {
        end(one);
        end(other);
        ends.remove(one);
        ends.remove(other);
    }

    private static void end(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
