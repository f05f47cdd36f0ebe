package io.simpleim.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends raw HTTP requests, for cases that an HTTP client refuses to send or hides. */
public final class RawHttp {
    private static final int TIMEOUT_MILLIS = 20_000;

    private RawHttp() {}

    /**
     * Sends one request on a new connection.
     *
     * @param requestTarget method and path relative to the application: {@code GET u/user/connect}
     * @param body sent as given; the caller sets {@code Content-Length}
     */
    public static Answer send(URI base, String requestTarget, List<String> headers, byte[] body) {
        String[] target = requestTarget.split(" ", 2);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        line(request, target[0] + " " + base.getPath() + target[1] + " HTTP/1.1");
        line(request, "Host: " + base.getAuthority());
        headers.forEach(header -> line(request, header));
        line(request, "");
        request.writeBytes(body);
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.toByteArray());
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a WebSocket handshake. */
    public static Answer handshake(URI base, String pathAndQuery, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        return send(base, "GET " + pathAndQuery, all, new byte[0]);
    }

    private static void line(ByteArrayOutputStream request, String text) {
        request.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Answer read(InputStream in) throws IOException {
        int status = Integer.parseInt(readLine(in).split(" ")[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            String[] nameAndValue = line.split(":", 2);
            headers.computeIfAbsent(nameAndValue[0], name -> new ArrayList<>()).add(nameAndValue[1].strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("Content-Length", List.of("0")).get(0));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The connection ended in the middle of an answer");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
