package io.simpleim.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was given for each setting and by whom, on the way to a {@link ServerConfig}. A bad value becomes a problem and
 * reads as its default from then on, so that the problems after it are found too. For one thread.
 */
final class Values {
    private record Given(String text, String source) {}

    private final Map<Setting<?>, Given> given = new HashMap<>();
    private final Set<Setting<?>> bad = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** To add to. */
    List<String> problems() {
        return problems;
    }

    /** False if the setting has a value already, which stays. */
    boolean put(Setting<?> setting, String text, String source) {
        return given.putIfAbsent(setting, new Given(text, source)) == null;
    }

    void override(Setting<?> setting, String text, String source) {
        given.put(setting, new Given(text, source));
    }

    <T> T get(Setting<T> setting) {
        Given value = given(setting);
        try {
            return setting.parse(value.text());
        } catch (BadValueException e) {
            bad.add(setting);
            problems.add(describe(setting, value) + ": " + e.getMessage() + "; expected "
                    + setting.format().expected());
            return setting.parsedDefault();
        }
    }

    /** A rule between two settings; nothing is said of it when one of them is bad already. */
    void check(boolean holds, Setting<?> setting, Setting<?> other, String expected) {
        if (!holds && !bad.contains(setting) && !bad.contains(other)) {
            problems.add(describe(setting, given(setting)) + ": does not fit " + describe(other, given(other))
                    + "; expected " + expected);
        }
    }

    private Given given(Setting<?> setting) {
        return given.getOrDefault(setting, new Given(setting.defaultValue(), "default of " + setting.file()));
    }

    private static String describe(Setting<?> setting, Given value) {
        return value.source() + ": " + setting.label() + " " + Redactor.value(setting, value.text());
    }
}
