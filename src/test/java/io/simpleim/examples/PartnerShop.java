package io.simpleim.examples;

import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.LastingPort;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.BiFunction;

/** A server with a partner key, and an example's shop that is the partner. */
public final class PartnerShop implements AutoCloseable {
    static final String KEY = "the-key-of-the-shop-0123456789abcdef";

    private final EmbeddedDeployment server;
    private final Gate gate;
    private final Example backend;
    private final URI url;

    private PartnerShop(String file, BiFunction<String, Map<String, String>, Example> program) throws IOException {
        int port = LastingPort.free();
        url = URI.create("http://localhost:" + port);
        server = EmbeddedDeployment.start(
                Map.of("IM_PARTNER_KEYS", "shop:" + KEY, "IM_WEB_ALLOWEDORIGINS", url.toString()));
        gate = new Gate(server.base());
        backend = program.apply(
                file,
                Map.of(
                        "PORT", String.valueOf(port),
                        "SIMPLEIM_URL", gate.url(),
                        "SIMPLEIM_PUBLIC_URL", server.base().toString(),
                        "SIMPLEIM_PARTNER_KEY", KEY));
    }

    public static PartnerShop inJava() throws IOException {
        return new PartnerShop("PartnerBackend.java", Example::java).awaitOpen();
    }

    static PartnerShop inNode() throws IOException {
        return new PartnerShop("partner-backend.mjs", Example::node).awaitOpen();
    }

    private PartnerShop awaitOpen() {
        backend.awaitOutput("The shop is open at " + url);
        return this;
    }

    /** Where its page is. */
    public URI url() {
        return url;
    }

    EmbeddedDeployment server() {
        return server;
    }

    Gate gate() {
        return gate;
    }

    String output() {
        return backend.output();
    }

    @Override
    public void close() {
        backend.close();
        gate.close();
        server.close();
    }
}
