package io.simpleim.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A partner's web site: folders with pages and scripts, at another origin than the server's. {@code /} is an empty
 * page.
 */
public final class FileServer implements AutoCloseable {
    private static final byte[] EMPTY_PAGE =
            "<!doctype html><meta charset=utf-8><title>A partner's page</title>".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Path> folders;
    private final Map<String, byte[]> texts = new ConcurrentHashMap<>();
    private final HttpServer server;

    private FileServer(Map<String, Path> folders) throws IOException {
        this.folders = folders;
        texts.put("/", EMPTY_PAGE);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** @param folders by the first segment of the path */
    public static FileServer start(Map<String, Path> folders) throws IOException {
        return new FileServer(folders);
    }

    /** Its address at {@code localhost}, which browsers treat as another site than {@code 127.0.0.1}. */
    public URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** Serves dynamic content at a path, as a back end does. */
    public void put(String path, String text) {
        texts.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] text = texts.get(path);
            byte[] body = text == null ? Files.readAllBytes(file(path)) : text;
            String type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private Path file(String path) throws IOException {
        String[] parts = path.substring(1).split("/", 2);
        Path folder = folders.get(parts[0]);
        if (folder == null || parts.length < 2) {
            throw new IOException("no such folder: " + path);
        }
        return folder.resolve(parts[1]);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
