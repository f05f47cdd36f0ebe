package io.simpleim.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.HexFormat;

/** The first message of a TLS client that offers a single version. The JDK's client refuses to send old ones. */
public final class ClientHello {
    public static final int TLS_1_0 = 0x0301;
    public static final int TLS_1_1 = 0x0302;
    public static final int TLS_1_2 = 0x0303;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int RANDOM_BYTES = 32;
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int CLIENT_HELLO = 1;

    /** No session id; ECDHE-ECDSA with AES-SHA (any version) and AES-GCM (1.2); no compression. */
    private static final byte[] SUITES = HexFormat.of().parseHex("00" + "0006c009c00ac02b" + "0100");

    /** secp256r1, uncompressed points, ECDSA with SHA-256. */
    private static final byte[] EXTENSIONS =
            HexFormat.of().parseHex("0016" + "000a000400020017" + "000b00020100" + "000d000400020403");

    private ClientHello() {}

    /** Whether the server continues the handshake rather than sending an alert. */
    public static boolean isAnswered(URI server, int version) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(record(version));
            int type = new DataInputStream(socket.getInputStream()).readUnsignedByte();
            if (type != HANDSHAKE && type != ALERT) {
                throw new AssertionError("neither a handshake nor an alert: " + type);
            }
            return type == HANDSHAKE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] record(int version) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        writeShort(hello, version);
        hello.writeBytes(new byte[RANDOM_BYTES]);
        hello.writeBytes(SUITES);
        hello.writeBytes(EXTENSIONS);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(CLIENT_HELLO);
        message.write(0);
        writeShort(message, hello.size());
        message.writeBytes(hello.toByteArray());
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(HANDSHAKE);
        writeShort(record, TLS_1_0);
        writeShort(record, message.size());
        record.writeBytes(message.toByteArray());
        return record.toByteArray();
    }

    private static void writeShort(ByteArrayOutputStream out, int value) {
        out.write(value >> Byte.SIZE);
        out.write(value);
    }
}
