package io.simpleim.config.source;

import io.simpleim.config.ConfigException;
import io.simpleim.config.value.Redactor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration folder. The first place that is set counts: a folder that does not exist is an error, and never
 * a reason to try the next place. Immutable.
 */
public final class ConfigLocation {
    private static final String PROPERTY = "im.config";
    private static final String VARIABLE = "IM_CONFIG";
    private static final String JNDI_NAME = "java:comp/env/im.config";
    private static final String CATALINA_BASE = "catalina.base";

    private final Function<String, @Nullable String> systemProperties;
    private final Map<String, String> environment;
    private final Function<String, @Nullable String> jndi;

    ConfigLocation(
            Function<String, @Nullable String> systemProperties,
            Map<String, String> environment,
            Function<String, @Nullable String> jndi) {
        this.systemProperties = systemProperties;
        this.environment = environment;
        this.jndi = jndi;
    }

    /**
     * Returns the folder, or nothing if no place is set and the container has no such folder.
     *
     * @throws ConfigException if the place that is set is not a folder
     */
    public static Optional<Path> find(
            Function<String, @Nullable String> systemProperties, Map<String, String> environment) {
        return new ConfigLocation(systemProperties, environment, ConfigLocation::lookUp).find();
    }

    /**
     * Returns the folder.
     *
     * @throws ConfigException if there is none; the message lists the places
     */
    public static Path require(Function<String, @Nullable String> systemProperties, Map<String, String> environment) {
        return new ConfigLocation(systemProperties, environment, ConfigLocation::lookUp).require();
    }

    Optional<Path> find() {
        return named("system property " + PROPERTY, systemProperties.apply(PROPERTY))
                .or(() -> named("environment variable " + VARIABLE, environment.get(VARIABLE)))
                .or(() -> named("JNDI entry " + JNDI_NAME, jndi.apply(JNDI_NAME)))
                .or(() -> inContainer().filter(Files::isDirectory));
    }

    Path require() {
        return find().orElseThrow(() -> new ConfigException("No folder with the configuration; expected it in one of:"
                + " system property " + PROPERTY + " (not set), environment variable " + VARIABLE
                + " (not set), JNDI entry " + JNDI_NAME + " (not set), the folder "
                + inContainer()
                        .map(folder -> folder + " (no such folder)")
                        .orElse("conf/simpleim below ${" + CATALINA_BASE + "} (not set)")));
    }

    private Optional<Path> inContainer() {
        return Optional.ofNullable(systemProperties.apply(CATALINA_BASE))
                .map(base -> Path.of(base, "conf", "simpleim"));
    }

    /** A blank name counts as not set, since start scripts pass on variables that may be empty. */
    private static Optional<Path> named(String by, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        try {
            Path folder = Path.of(name.strip());
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    by + " = " + Redactor.quoted(name) + ": " + e.getReason() + "; expected a folder");
        }
        throw new ConfigException(by + " = " + Redactor.quoted(name) + ": no such folder; expected an existing one");
    }

    /** Without JNDI or without the entry, this is not an error. */
    @SuppressWarnings("BanJNDI") // The name is a constant in the application's own java:comp.
    private static @Nullable String lookUp(String name) {
        try {
            Object entry = InitialContext.doLookup(name);
            return entry.toString();
        } catch (NamingException e) {
            return null;
        }
    }
}
