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
 * Clients that send, or read, a byte a second. Whoever is thrown out by the server comes again at once. Has a thread of
 * its own, which all of them share.
 */
public final class SlowCrowd implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;
    private static final int CONNECT_MILLIS = 5000;

    private final InetSocketAddress server;
    private final List<Kind> kinds;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger thrownOut = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /**
     * What one does.
     *
     * @param atOnce is sent at once
     * @param slowly is sent after that, byte by byte, again and again; empty: it reads, byte by byte
     */
    public record Kind(String atOnce, String slowly) {}

    /** @param kinds clients are of these kinds in turn */
    public SlowCrowd(InetSocketAddress server, int count, List<Kind> kinds) {
        this.server = server;
        this.kinds = List.copyOf(kinds);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(this.kinds.get(i % kinds.size())));
        }
    }

    /** Has all of them connect, and go on from then on. */
    public void start() {
        clients.forEach(Client::connect);
        var unused = thread.scheduleAtFixedRate(() -> clients.forEach(Client::oneByte), 1, 1, TimeUnit.SECONDS);
    }

    /** How often the server has closed a connection of one of them. */
    public int thrownOut() {
        return thrownOut.get();
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
                thrownOut.incrementAndGet();
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
