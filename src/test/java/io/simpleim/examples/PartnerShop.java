package io.simpleim.examples;

import io.simpleim.testing.Deployment;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** An example's shop as a partner of the server, with a {@link RefusingProxy} between the two. */
public final class PartnerShop implements AutoCloseable {
    static final String KEY = "the-key-of-the-shop-0123456789abcdef";

    private final Deployment server;
    private final RefusingProxy proxy;
    private final Example backend;
    private final URI url;

    private PartnerShop(
            Deployment server, int port, String file, BiFunction<String, Map<String, String>, Example> program)
            throws IOException {
        this.server = server;
        url = URI.create("http://localhost:" + port);
        proxy = new RefusingProxy(server.base());
        backend = program.apply(
                file,
                Map.of(
                        "PORT", String.valueOf(port),
                        "SIMPLEIM_URL", proxy.url(),
                        "SIMPLEIM_PUBLIC_URL", server.base().toString(),
                        "SIMPLEIM_PARTNER_KEY", KEY));
    }

    /** The settings a server needs for these shops. */
    public static Map<String, String> settings(int... ports) {
        String origins = Arrays.stream(ports)
                .mapToObj(port -> "http://localhost:" + port)
                .collect(Collectors.joining(","));
        return Map.of("IM_PARTNER_KEYS", "shop:" + KEY, "IM_WEB_ALLOWEDORIGINS", origins);
    }

    public static PartnerShop inJava(Deployment server, int port) throws IOException {
        return new PartnerShop(server, port, "PartnerBackend.java", Example::java).awaitOpen();
    }

    static PartnerShop inNode(Deployment server, int port) throws IOException {
        return new PartnerShop(server, port, "partner-backend.mjs", Example::node).awaitOpen();
    }

    private PartnerShop awaitOpen() {
        try {
            backend.awaitOutput("The shop is open at " + url);
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The address of its page. */
    public URI url() {
        return url;
    }

    Deployment server() {
        return server;
    }

    RefusingProxy proxy() {
        return proxy;
    }

    String output() {
        return backend.output();
    }

    @Override
    public void close() {
        backend.close();
        proxy.close();
    }
}
