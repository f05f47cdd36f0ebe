package io.simpleim.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy between a back end and the server that refuses calls on demand and forwards the others. Thread-safe. */
final class RefusingProxy implements AutoCloseable {
    private final URI server;
    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();

    private record Refusal(int status, String retryAfter) {}

    RefusingProxy(URI server) throws IOException {
        this.server = server;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Refuses the next call, after those that are already to be refused. */
    void refuseNext(int status, String retryAfter) {
        refusals.add(new Refusal(status, retryAfter));
    }

    /** The paths of all calls since the last time, refused or not. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(paths);
        paths.clear();
        return taken;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            paths.add(path);
            Refusal refusal = refusals.poll();
            if (refusal != null) {
                exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
                exchange.sendResponseHeaders(refusal.status(), -1);
                return;
            }
            HttpResponse<byte[]> answer = pass(exchange, path, body);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, String path, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("X-Partner-Key", "Content-Type")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
