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
 * All that a server says to bytes that need not be a request, on a connection of their own, until the server ends it: the
 * client's side is closed once they are sent, so a server that waits for more of them learns that none will come.
 *
 * @param text what came, heads and bodies one behind the other
 */
public record RawExchange(String text) {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** @param bytes a text stands for the bytes of its Latin-1 characters */
    public static RawExchange of(URI base, String... bytes) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(String.join("", bytes).getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                readAll(socket.getInputStream(), said);
            } catch (SocketException e) {
                // A server that has had enough does not read on: what it said before counts.
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

    /** A plain request, after whose answer the server closes the connection. */
    public static String get(URI base, String path) {
        return "GET " + base.getPath() + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    /** The status of each answer. */
    public List<Integer> statuses() {
        return STATUS.matcher(text)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    /** How often a text stands there. */
    public long count(String part) {
        Matcher matcher = Pattern.compile(part, Pattern.LITERAL).matcher(text);
        return matcher.results().count();
    }
}
