package io.simpleim.config;

import io.simpleim.config.value.Format;
import io.simpleim.config.value.Formats;
import io.simpleim.config.value.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A section of a configuration file: its settings, in the order of the sample file, and the rules between them. The class
 * of a section declares them while it is initialised; nothing changes afterwards, so a section is thread-safe.
 */
final class Section {
    private final String file;
    private final String name;
    private final List<Setting<?>> settings = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    Section(String file, String name) {
        this.file = file;
        this.name = name;
    }

    <T> Setting<T> setting(String setting, String defaultValue, Format<T> format, String description) {
        return add(new Setting<>(file, name, setting, defaultValue, format, false, description));
    }

    Setting<Integer> wholeNumber(String setting, int defaultValue, int min, int max, String description) {
        return setting(setting, Integer.toString(defaultValue), Formats.wholeNumber(min, max), description);
    }

    /** A setting whose value is never printed, with an empty default. */
    <T> Setting<T> secret(String setting, Format<T> format, String description) {
        return add(new Setting<>(file, name, setting, "", format, true, description));
    }

    Setting<Optional<Secret>> secret(String setting, String description) {
        return secret(setting, Formats.secret(), description);
    }

    private <T> Setting<T> add(Setting<T> setting) {
        settings.add(setting);
        return setting;
    }

    /** @param violation see {@link Rule#violation()} */
    void rule(Setting<?> setting, Setting<?> other, Function<ServerConfig, Optional<String>> violation) {
        rules.add(new Rule(setting, other, violation));
    }

    List<Setting<?>> settings() {
        return List.copyOf(settings);
    }

    List<Rule> rules() {
        return List.copyOf(rules);
    }
}
