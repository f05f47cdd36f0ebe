package io.simpleim.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything a server answers to raw bytes, which need not be a request, until it closes the connection. The client
 * closes its side after sending, so that the server does not wait for more.
 *
 * @param text all answers, heads and bodies, in order
 */
public record RawExchange(String text) {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** @param bytes Latin-1 texts, sent as their bytes */
    public static RawExchange of(URI base, String... bytes) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(String.join("", bytes).getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                readAll(socket.getInputStream(), said);
            } catch (SocketException e) {
                // The server may stop reading early; its answer counts.
            }
            return new RawExchange(said.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(InputStream in, ByteArrayOutputStream said) throws IOException {
        byte[] buffer = new byte[4096];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            said.write(buffer, 0, length);
        }
    }

    /** A plain request that asks the server to close the connection. */
    public static String get(URI base, String path) {
        return "GET " + base.getPath() + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    /** The statuses of all answers. */
    public List<Integer> statuses() {
        return STATUS.matcher(text)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    /** The number of occurrences of a text. */
    public long count(String part) {
        Matcher matcher = Pattern.compile(part, Pattern.LITERAL).matcher(text);
        return matcher.results().count();
    }
}
