package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.config.ConfigException;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with configuration files that a test writes. */
public record ConfigFolder(Path path) {
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    ConfigFolder db(String... lines) {
        return write(Settings.DB_FILE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    ConfigFolder sys(String... lines) {
        return write(Settings.SYS_FILE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    ConfigFolder write(String file, byte[] content) {
        try {
            Files.write(path.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String db() {
        return path.resolve(Settings.DB_FILE).toString();
    }

    String sys() {
        return path.resolve(Settings.SYS_FILE).toString();
    }

    ServerConfig load() {
        return load(Map.of());
    }

    ServerConfig load(Map<String, String> environment) {
        return ConfigLoader.load(path, environment);
    }

    List<String> problems() {
        return problems(Map.of());
    }

    List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(ConfigException.class, () -> load(environment))
                .problems();
    }
}
