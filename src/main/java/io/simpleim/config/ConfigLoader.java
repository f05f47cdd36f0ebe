package io.simpleim.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration: defaults, beaten by the files of a folder, beaten by the environment. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * With the files of a folder; a file that it lacks means defaults.
     *
     * @throws ConfigException with every problem found
     */
    public static ServerConfig load(Path folder, Map<String, String> environment) {
        // A relative path in a message leaves open what it is relative to.
        Path place = folder.toAbsolutePath();
        if (!Files.isDirectory(place)) {
            throw new ConfigException(place + ": " + (Files.exists(place) ? "not a folder" : "does not exist")
                    + "; expected the folder with "
                    + String.join(" and ", Settings.files().toList()));
        }
        Values values = new Values();
        Settings.files().forEach(file -> new SettingsFile(place, file, values).read());
        return complete(Optional.of(place), values, environment);
    }

    /**
     * Without a folder.
     *
     * @throws ConfigException with every problem found
     */
    public static ServerConfig defaults(Map<String, String> environment) {
        return complete(Optional.empty(), new Values(), environment);
    }

    private static ServerConfig complete(Optional<Path> folder, Values values, Map<String, String> environment) {
        new EnvironmentSettings(values).read(environment);
        ServerConfig config = ServerConfig.from(folder, values);
        if (!values.problems().isEmpty()) {
            throw new ConfigException(values.problems());
        }
        return config;
    }
}
