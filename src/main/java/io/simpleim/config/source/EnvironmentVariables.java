package io.simpleim.config.source;

import io.simpleim.config.Setting;
import io.simpleim.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads settings from environment variables. Variables of an unknown section belong to other programs and are ignored; an
 * unknown key of a known section is a mistake that would otherwise go unnoticed.
 */
final class EnvironmentVariables {
    private final SettingTexts texts;

    EnvironmentVariables(SettingTexts texts) {
        this.texts = texts;
    }

    void read(Map<String, String> environment) {
        // Sorted, so that the same mistakes give the same message.
        new TreeMap<>(environment)
                .forEach((variable, value) -> Settings.sections()
                        .filter(section -> variable.startsWith(Setting.variablePrefix(section)))
                        .forEach(section -> accept(section, variable, value)));
    }

    private void accept(String section, String variable, String value) {
        List<Setting<?>> candidates = Settings.inSection(section);
        Optional<Setting<?>> match = candidates.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
        if (match.isPresent()) {
            texts.override(match.get(), value, "environment variable " + variable);
            return;
        }
        String key = variable.substring(Setting.variablePrefix(section).length());
        texts.addProblem("environment variable " + variable + ": unknown key of [" + section + "]; "
                + Suggestion.hint(key, candidates, Setting::name, Setting::variable));
    }
}
