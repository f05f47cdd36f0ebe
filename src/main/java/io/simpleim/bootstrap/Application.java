package io.simpleim.bootstrap;

import io.simpleim.config.MongoSection;
import io.simpleim.config.PartnerSection;
import io.simpleim.config.RedisSection;
import io.simpleim.config.ServerConfig;
import io.simpleim.metrics.Metrics;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import java.time.Clock;

/** The whole application: one in a servlet context, from its start to its end. */
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
     * <p>A store that is out of reach, or takes long to be prepared, does not keep it from starting: requests are refused
     * until it is there.
     *
     * @param config complete ({@link ServerConfig#requireComplete})
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

    /** Whether requests are taken: not before the store has answered for the first time. */
    public boolean isReady() {
        return services.admission.availability.isUp();
    }

    /** Version, form, stores and mode, for the line in the log that says where the server is. */
    public String describe(String form) {
        String mode = PartnerSection.isProtectedMode(config)
                ? "protected mode: only callers from this machine get tokens"
                : "tokens for partners with a key";
        return "SimpleIM " + Version.current() + " on " + form + ", mongo " + MongoSection.redactedAddress(config)
                + ", redis " + RedisSection.redactedAddress(config) + ", " + mode;
    }

    /** Stores what waits to be stored, and lets the stores go. */
    @Override
    public void close() {
        services.close();
        stores.close();
    }
}
