package io.simpleim.http.route;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One path of the API. Immutable; methods such as {@link #from} return a changed copy.
 *
 * @param methods the supported HTTP methods, in the order for {@code Allow}
 * @param servlet answers calls; null if the path is a WebSocket only
 * @param webSocket answers handshakes; null if the path is not a WebSocket
 */
public record Route(
        String path,
        List<String> methods,
        CallerKind caller,
        BodyPolicy body,
        Rate rate,
        @Nullable HttpServlet servlet,
        @Nullable WebSocket webSocket) {

    /** A WebSocket endpoint: its type, and the supplier of one instance per connection. */
    public record WebSocket(Class<? extends Endpoint> type, Supplier<Endpoint> instances) {}

    /** A route for GET and HEAD, open to anyone. */
    public static Route get(String path) {
        return route(path, List.of("GET", "HEAD"));
    }

    /** A route for POST, open to anyone. */
    public static Route post(String path) {
        return route(path, List.of("POST"));
    }

    /** A path that is a WebSocket only. */
    public static Route webSocket(String path, Class<? extends Endpoint> type, Supplier<Endpoint> instances) {
        return route(path, List.of()).orWebSocket(type, instances).from(CallerKind.USER);
    }

    private static Route route(String path, List<String> methods) {
        return new Route(path, methods, CallerKind.ANYONE, BodyPolicy.DISCARD, Rate.UNLIMITED, null, null);
    }

    /** Sets the callers. Calls of partners and users have parameters. */
    public Route from(CallerKind callers) {
        BodyPolicy policy = callers.isApiCaller() ? BodyPolicy.PARAMETERS : BodyPolicy.DISCARD;
        return new Route(path, methods, callers, policy, rate, servlet, webSocket);
    }

    public Route rate(Rate limit) {
        return new Route(path, methods, caller, body, limit, servlet, webSocket);
    }

    /** Lets the path accept handshakes too. */
    public Route orWebSocket(Class<? extends Endpoint> type, Supplier<Endpoint> instances) {
        List<String> all = new ArrayList<>(methods);
        all.add(0, "GET");
        return new Route(path, List.copyOf(all), caller, body, rate, servlet, new WebSocket(type, instances));
    }

    public Route to(HttpServlet target) {
        return new Route(path, methods, caller, body, rate, target, webSocket);
    }

    /** Whether the path answers calls, and not only handshakes. */
    public boolean hasCalls() {
        return servlet != null;
    }

    public boolean isWebSocket() {
        return webSocket != null;
    }
}
