package io.simpleim.config.source;

import io.simpleim.config.ConfigException;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration: the files of a folder override the defaults, and the environment overrides the files. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads the files of a folder; a missing file means defaults.
     *
     * @throws ConfigException with every problem found
     */
    public static ServerConfig load(Path folder, Map<String, String> environment) {
        // A message with a relative path would not say what the path is relative to.
        Path absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            throw new ConfigException(absolute + ": " + (Files.exists(absolute) ? "not a folder" : "does not exist")
                    + "; expected the folder with "
                    + String.join(" and ", Settings.files().toList()));
        }
        SettingTexts texts = new SettingTexts();
        Settings.files().forEach(file -> new SettingsFile(absolute, file, texts).read());
        return complete(Optional.of(absolute), texts, environment);
    }

    /**
     * Uses the defaults and the environment only.
     *
     * @throws ConfigException with every problem found
     */
    public static ServerConfig defaults(Map<String, String> environment) {
        return complete(Optional.empty(), new SettingTexts(), environment);
    }

    private static ServerConfig complete(Optional<Path> folder, SettingTexts texts, Map<String, String> environment) {
        new EnvironmentVariables(texts).read(environment);
        ServerConfig config = ServerConfig.read(folder, texts);
        Settings.rules().forEach(rule -> texts.check(rule, config));
        if (!texts.problems().isEmpty()) {
            throw new ConfigException(texts.problems());
        }
        return config;
    }
}
