package io.simpleim.bootstrap;

import io.simpleim.config.ServerConfig;
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
     * <p>A store that is out of reach does not keep it from starting: requests are refused until it is there.
     *
     * @param config complete ({@link ServerConfig#requireComplete})
     */
    public static Application start(ServletContext context, ServerConfig config, Clock clock) {
        Stores stores = new Stores(config);
        try {
            Services services = new Services(config, stores, clock);
            new Routes(context, services, config.limits()).register();
            services.start(stores::createIndexes);
            return new Application(config, stores, services);
        } catch (RuntimeException | DeploymentException e) {
            stores.close();
            throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    /** For the line in the log: version, stores and mode. */
    public String describe(String form) {
        String mode = config.partner().isProtectedMode()
                ? "protected mode: tokens only for callers from this machine"
                : "partner keys: " + config.partner().keys().size();
        return "SimpleIM " + Version.current() + " (" + form + "; " + config.mongo() + "; " + config.redis() + "; "
                + mode + ")";
    }

    /** Stores what waits to be stored, and lets the stores go. */
    @Override
    public void close() {
        services.close();
        stores.close();
    }
}
