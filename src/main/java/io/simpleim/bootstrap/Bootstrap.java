package io.simpleim.bootstrap;

import io.simpleim.concurrent.ApplicationThreads;
import io.simpleim.config.ConfigException;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.source.ConfigLoader;
import io.simpleim.config.source.ConfigLocation;
import io.simpleim.store.mongo.DriverThreads;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the application in a servlet container; {@code web.xml} names it. */
public final class Bootstrap implements ServletContextListener {
    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);
    private static final Duration THREAD_END_WAIT = Duration.ofSeconds(2);

    private @Nullable Application application;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            Application started = Application.start(event.getServletContext(), configuration(), Clock.systemUTC());
            application = started;
            log.info(
                    "{} at {}/: {}",
                    started.isReady() ? "Ready" : "Started, and waiting for MongoDB,",
                    event.getServletContext().getContextPath(),
                    started.describe(event.getServletContext().getServerInfo()));
        } catch (ConfigException e) {
            log.error("SimpleIM does not start. {}", e.getMessage());
            throw e;
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (application != null) {
            application.close();
        }
        DriverThreads.end();
        ApplicationThreads.awaitEnd(Bootstrap.class.getClassLoader(), THREAD_END_WAIT);
    }

    /** Reads the configuration folder. Without one, a complete environment is enough, so a container image needs no file. */
    private static ServerConfig configuration() {
        Map<String, String> environment = System.getenv();
        Optional<Path> folder = ConfigLocation.find(System::getProperty, environment);
        if (folder.isPresent()) {
            return ConfigLoader.load(folder.get(), environment).requireComplete();
        }
        try {
            return ConfigLoader.defaults(environment).requireComplete();
        } catch (ConfigException incomplete) {
            try {
                ConfigLocation.require(System::getProperty, environment);
            } catch (ConfigException noFolder) {
                incomplete.addSuppressed(noFolder);
                log.error("{}", noFolder.getMessage());
            }
            throw incomplete;
        }
    }
}
