package io.simpleim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy between a client and a local server that can lose traffic silently, as a mobile network does: neither side is
 * notified. Thread-safe.
 */
public final class NetworkProxy implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final int serverPort;
    private final ServerSocket door;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean isLost;

    private NetworkProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** A proxy to a server on loopback. */
    public static NetworkProxy to(int serverPort) throws IOException {
        return new NetworkProxy(serverPort);
    }

    /** The address of the proxy, which stands for the server's. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + "/");
    }

    /** Drops all traffic without notifying either side. */
    public void lose() {
        isLost = true;
    }

    /** Serves new connections again and closes the old ones. */
    public void restore() {
        ends.forEach(NetworkProxy::close);
        isLost = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                ends.add(client);
                ends.add(server);
                threads.execute(() -> carry(client, server));
                threads.execute(() -> carry(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!isLost) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side has closed the connection.
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        ends.forEach(NetworkProxy::close);
        threads.shutdownNow();
    }
}
