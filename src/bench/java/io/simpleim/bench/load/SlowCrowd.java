package io.simpleim.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that send or read one byte per second. A client that the server disconnects reconnects at once. All share one
 * thread of this class.
 */
public final class SlowCrowd implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;
    private static final int CONNECT_MILLIS = 5000;

    private final InetSocketAddress server;
    private final List<Kind> kinds;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger disconnects = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /**
     * The behaviour of a client.
     *
     * @param atOnce text sent on connect
     * @param slowly text sent after that in a loop, byte by byte; if empty, the client reads byte by byte
     */
    public record Kind(String atOnce, String slowly) {}

    /** @param kinds assigned to the clients in turn */
    public SlowCrowd(InetSocketAddress server, int count, List<Kind> kinds) {
        this.server = server;
        this.kinds = List.copyOf(kinds);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(this.kinds.get(i % kinds.size())));
        }
    }

    /** Connects all clients and keeps them running. */
    public void start() {
        clients.forEach(Client::connect);
        var unused = thread.scheduleAtFixedRate(() -> clients.forEach(Client::oneByte), 1, 1, TimeUnit.SECONDS);
    }

    /** Number of connections that the server has closed. */
    public int disconnects() {
        return disconnects.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        clients.forEach(Client::leave);
    }

    private final class Client {
        private final Kind kind;
        private Socket socket = new Socket();
        private int sent;

        Client(Kind kind) {
            this.kind = kind;
        }

        void connect() {
            try {
                socket = new Socket();
                socket.setReceiveBufferSize(SMALL_BUFFER);
                socket.connect(server, CONNECT_MILLIS);
                socket.getOutputStream().write(kind.atOnce().getBytes(StandardCharsets.ISO_8859_1));
                sent = 0;
            } catch (IOException e) {
                leave();
            }
        }

        void oneByte() {
            try {
                if (kind.slowly().isEmpty()) {
                    if (socket.getInputStream().available() > 0
                            && socket.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                } else {
                    socket.getOutputStream()
                            .write(kind.slowly().charAt(sent % kind.slowly().length()));
                    sent++;
                }
            } catch (IOException e) {
                disconnects.incrementAndGet();
                leave();
                connect();
            }
        }

        void leave() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
