package io.simpleim.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that send the start of a request and then stall, or that do not read. */
public final class SlowClients implements Closeable {
    private static final int SMALL_BUFFER = 4096;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final List<Socket> sockets = new ArrayList<>();

    private SlowClients() {}

    /** @param beginning the bytes that each of them sends; {@code HOST} stands for the server's host and port */
    public static SlowClients begin(URI server, int count, String beginning) {
        SlowClients clients = new SlowClients();
        byte[] bytes = beginning.replace("HOST", server.getAuthority()).getBytes(StandardCharsets.ISO_8859_1);
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket();
                clients.sockets.add(socket);
                socket.setReceiveBufferSize(SMALL_BUFFER);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
                socket.getOutputStream().write(bytes);
            }
            return clients;
        } catch (IOException e) {
            clients.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The number of connections that were accepted. */
    public int size() {
        return sockets.size();
    }

    /** Sends a little more on each connection that the server has not closed. */
    public void send(String more) {
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(more.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The server has closed this connection.
            }
        }
    }

    /** Whether the server has sent anything on a connection. */
    public boolean hasAnswer(int client) {
        try {
            return sockets.get(client).getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed a connection; discards the data it has sent. */
    public boolean isEnded(int client) {
        Socket socket = sockets.get(client);
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read(new byte[SMALL_BUFFER]) < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Everything the server sent on a connection until it closed it. */
    public String answerTo(int client) {
        try {
            return new String(sockets.get(client).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
