package io.simpleim.config.source;

import io.simpleim.config.Rule;
import io.simpleim.config.ServerConfig;
import io.simpleim.config.Setting;
import io.simpleim.config.value.BadValueException;
import io.simpleim.config.value.Redactor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text and the origin of each setting, and the problems found so far. A bad value becomes a problem and then reads as
 * its default, so that later problems are found too. For one thread.
 */
final class SettingTexts implements ServerConfig.Source {
    private record Text(String value, String origin) {}

    private final Map<Setting<?>, Text> texts = new HashMap<>();
    private final Set<Setting<?>> bad = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    void addProblem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns false and changes nothing if the setting already has a text. */
    boolean put(Setting<?> setting, String value, String origin) {
        return texts.putIfAbsent(setting, new Text(value, origin)) == null;
    }

    void override(Setting<?> setting, String value, String origin) {
        texts.put(setting, new Text(value, origin));
    }

    @Override
    public <T> T read(Setting<T> setting) {
        Text text = text(setting);
        try {
            return setting.parse(text.value());
        } catch (BadValueException e) {
            bad.add(setting);
            addProblem(describe(setting, text) + ": " + e.getMessage() + "; expected "
                    + setting.format().expected());
            return setting.parsedDefault();
        }
    }

    /** Checks a rule, unless one of its settings is bad already. */
    void check(Rule rule, ServerConfig config) {
        Setting<?> setting = rule.setting();
        Setting<?> other = rule.other();
        if (bad.contains(setting) || bad.contains(other)) {
            return;
        }
        rule.violation()
                .apply(config)
                .ifPresent(expected -> addProblem(describe(setting, text(setting)) + ": does not fit "
                        + describe(other, text(other)) + "; expected " + expected));
    }

    private Text text(Setting<?> setting) {
        return texts.getOrDefault(setting, new Text(setting.defaultValue(), "default of " + setting.file()));
    }

    private static String describe(Setting<?> setting, Text text) {
        String value = setting.secret() ? "(value not shown)" : "= " + Redactor.quoted(Redactor.address(text.value()));
        return text.origin() + ": " + setting.label() + " " + value;
    }
}
