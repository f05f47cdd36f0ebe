package io.simpleim.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends raw HTTP requests one after another on one connection, and reconnects when the server has closed it. Not
 * thread-safe.
 */
public final class KeepAliveConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI base;
    private Socket socket;
    private InputStream in;

    public KeepAliveConnection(URI base) {
        this.base = base;
    }

    /**
     * The answer to one request.
     *
     * @param status 0 if the connection ended without an answer
     */
    public record Reply(int status, String body) {}

    /** @param request exactly one complete request */
    public Reply send(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        try {
            socket.getOutputStream().write(request);
            return read(request[0] == 'H');
        } catch (EOFException | SocketException e) {
            close();
            return new Reply(0, "");
        }
    }

    private Reply read(boolean headOnly) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean chunked = false;
        boolean ends = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= header.equals("transfer-encoding: chunked");
            ends |= header.equals("connection: close");
        }
        String body = headOnly ? "" : chunked ? chunks() : text(in.readNBytes(length));
        if (ends || status == 101) {
            close();
        }
        return new Reply(status, body);
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return text(body.toByteArray());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return text(line.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
