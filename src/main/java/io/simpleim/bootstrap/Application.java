package io.simpleim.bootstrap;

import io.simpleim.config.MongoSection;
import io.simpleim.config.PartnerSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import java.time.Clock;

/** The whole application. Each servlet context has one, from the start of the context to its end. */
public final class Application implements AutoCloseable {
    private final ServerConfig config;
    private final Stores stores;
    private final Services services;

    private Application(ServerConfig config, Stores stores, Services services) {
        this.config = config;
        this.stores = stores;
        this.services = services;
    }

    /**
     * Connects to the stores and registers all endpoints in a context that is starting.
     *
     * <p>An unreachable or slow store does not stop the start: requests are refused until it is ready.
     *
     * @param config complete ({@link ServerConfig#requireComplete})
     * @throws RuntimeException if the start failed; everything that was opened is closed again
     */
    public static Application start(ServletContext context, ServerConfig config, Clock clock) {
        Metrics metrics = new Metrics();
        Stores stores = Stores.open(config, metrics);
        Application application = new Application(config, stores, new Services(config, stores, metrics, clock));
        try {
            new Routes(context, application.services, config).register();
            application.services.start(stores::createIndexes);
            return application;
        } catch (RuntimeException | DeploymentException e) {
            application.close();
            throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    /** Whether requests are accepted: from the first answer of the store until the server stops. */
    public boolean isReady() {
        return services.admission.availability.isUp();
    }

    /**
     * Describes version, container, stores and mode, for the log line that announces the server. Shows no secret.
     *
     * @param form the container that the server runs in
     */
    public String describe(String form) {
        String mode = PartnerSection.isProtectedMode(config)
                ? "protected mode: only callers from this machine get tokens"
                : "tokens for partners with a key";
        return "SimpleIM " + Version.current() + " on " + form + ", mongo " + MongoSection.redactedAddress(config)
                + ", redis " + RedisSection.redactedAddress(config) + ", " + mode;
    }

    /** Stores pending data, then disconnects from the stores. */
    @Override
    public void close() {
        services.close();
        stores.close();
    }
}
