package io.simpleim.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the settings among the environment variables. Those of an unknown section are somebody else's; an unknown key
 * of a known section is a mistake that would otherwise go unnoticed.
 */
final class EnvironmentSettings {
    private final Values values;

    EnvironmentSettings(Values values) {
        this.values = values;
    }

    void read(Map<String, String> environment) {
        // Sorted, so that the same mistakes give the same message.
        new TreeMap<>(environment)
                .forEach((variable, value) -> Settings.sections()
                        .filter(section -> variable.startsWith(Setting.variablePrefix(section)))
                        .forEach(section -> accept(section, variable, value)));
    }

    private void accept(String section, String variable, String value) {
        List<Setting<?>> here = Settings.inSection(section);
        Optional<Setting<?>> match = here.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
        if (match.isPresent()) {
            values.override(match.get(), value, "environment variable " + variable);
            return;
        }
        String key = variable.substring(Setting.variablePrefix(section).length());
        values.problems()
                .add("environment variable " + variable + ": unknown key of [" + section + "]; "
                        + Suggestion.hint(key, here, Setting::name, Setting::variable));
    }
}
