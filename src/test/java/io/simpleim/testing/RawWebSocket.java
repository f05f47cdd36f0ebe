package io.simpleim.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** A WebSocket client that works frame by frame: it answers no pings and reads only on request. Not thread-safe. */
public final class RawWebSocket implements AutoCloseable {
    public static final int TEXT = 1;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int SMALL_BUFFER = 4096;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final int EIGHT_BYTES_OF_LENGTH = 127;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawWebSocket(URI base, String token) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        String request = String.join(
                "\r\n",
                "GET " + base.getPath() + "u/user/connect HTTP/1.1",
                "Host: " + base.getAuthority(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "token: " + token,
                "",
                "");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        readHead();
    }

    /** Connects to {@code /u/user/connect}. */
    public static RawWebSocket connect(URI base, String token) {
        try {
            return new RawWebSocket(base, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A received frame. The server never fragments a message. */
    public record Frame(int opCode, byte[] payload) {
        public JsonObject json() {
            return JsonParser.parseString(new String(payload, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }

        /** The code of a close frame. */
        public int closeCode() {
            return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        }
    }

    public void send(String text) {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a frame of up to 65535 bytes. */
    public void send(int opCode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | opCode);
        if (payload.length < TWO_BYTES_OF_LENGTH) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | TWO_BYTES_OF_LENGTH);
            frame.write(payload.length >> Byte.SIZE);
            frame.write(payload.length);
        }
        // A mask of zeros does not change the payload.
        frame.writeBytes(new byte[Integer.BYTES]);
        frame.writeBytes(payload);
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends arbitrary bytes, given as hexadecimal digits with spaces between them. */
    public void sendBytes(String hex) {
        try {
            socket.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(hex));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next frame; empty once the connection has ended in any way. */
    public Optional<Frame> next() {
        try {
            int opCode = in.readUnsignedByte() & ~FINAL;
            byte[] payload = new byte[length()];
            in.readFully(payload);
            return Optional.of(new Frame(opCode, payload));
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        if (length == TWO_BYTES_OF_LENGTH) {
            return in.readUnsignedShort();
        }
        return length == EIGHT_BYTES_OF_LENGTH ? Math.toIntExact(in.readLong()) : length;
    }

    private void readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("No WebSocket: " + head);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
