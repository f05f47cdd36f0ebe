package io.simpleim.config;

import io.simpleim.config.value.Redactor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration: a value for every setting. Immutable; printing it shows no secret. */
public final class ServerConfig {
    private final Optional<Path> folder;
    /** One entry for each setting, with a value of the type of the setting. */
    private final Map<Setting<?>, Object> values;

    /** Supplies the value of each setting. */
    @FunctionalInterface
    public interface Source {
        <T> T read(Setting<T> setting);
    }

    private ServerConfig(Optional<Path> folder, Map<Setting<?>, Object> values) {
        this.folder = folder;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads every setting once, in the order of the sample files.
     *
     * @param folder where the files are, for messages; empty if there is none
     */
    public static ServerConfig read(Optional<Path> folder, Source source) {
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : Settings.all()) {
            values.put(setting, source.read(setting));
        }
        return new ServerConfig(folder, values);
    }

    /** Where the files were read from; empty if there was no folder. */
    public Optional<Path> folder() {
        return folder;
    }

    /**
     * Returns the value of a setting.
     *
     * @throws IllegalArgumentException if the setting is not listed in {@link Settings}
     */
    @SuppressWarnings("unchecked") // Both ways of storing a value take the setting's own type.
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.label() + " is not listed in Settings");
        }
        return (T) value;
    }

    /**
     * Returns a copy with another value for one setting. Rules between settings are not checked again.
     *
     * @throws IllegalArgumentException if the setting does not accept the value
     */
    public <T> ServerConfig with(Setting<T> setting, T value) {
        if (!setting.format().accepts(value)) {
            throw new IllegalArgumentException(
                    setting.label() + ": expected " + setting.format().expected());
        }
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        changed.put(setting, value);
        return new ServerConfig(folder, changed);
    }

    /**
     * Returns this configuration if every setting that has no default is set.
     *
     * @throws ConfigException if one is missing; the message says where to set it
     */
    public ServerConfig requireComplete() {
        List<String> problems = Stream.of(
                        missingIf(get(MongoSection.ADDRESS).isEmpty(), MongoSection.ADDRESS),
                        missingIf(get(RedisSection.ADDRESS).isEmpty(), RedisSection.ADDRESS),
                        missingIf(get(LoginSection.SECRET).isEmpty(), LoginSection.SECRET))
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return this;
    }

    private Optional<String> missingIf(boolean isMissing, Setting<?> setting) {
        if (!isMissing) {
            return Optional.empty();
        }
        String file =
                folder.map(path -> path.resolve(setting.file()).toString()).orElse(setting.file());
        return Optional.of(file + ": " + setting.label() + ": not set; expected "
                + setting.format().expected() + ": write " + setting.name() + " = … below [" + setting.section()
                + "] there, or set the environment variable " + setting.variable());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerConfig config && folder.equals(config.folder) && values.equals(config.values);
    }

    @Override
    public int hashCode() {
        return 31 * folder.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return Settings.all().stream().map(this::describe).collect(Collectors.joining(", ", "ServerConfig[", "]"));
    }

    /** Secrets print as redacted by themselves; any other value may be an address with credentials. */
    private String describe(Setting<?> setting) {
        String value = String.valueOf(values.get(setting));
        return setting.label() + "=" + (setting.secret() ? value : Redactor.address(value));
    }
}
