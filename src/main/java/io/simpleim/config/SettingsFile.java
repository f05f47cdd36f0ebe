package io.simpleim.config;

import io.simpleim.config.IniFile.Entry;
import io.simpleim.config.IniFile.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the settings in one file, and the problem with everything else in it. */
final class SettingsFile {
    private final Path path;
    private final List<String> sections;
    private final Values values;

    SettingsFile(Path folder, String name, Values values) {
        this.path = folder.resolve(name);
        this.sections = Settings.all().stream()
                .filter(setting -> setting.file().equals(name))
                .map(Setting::section)
                .distinct()
                .toList();
        this.values = values;
    }

    void read() {
        for (Section section : IniFile.read(path, values.problems())) {
            Optional<String> name = section.name();
            if (name.isEmpty()) {
                section.entries()
                        .forEach(entry ->
                                problem(Redactor.name(entry.key()), "outside a section; expected below " + headings()));
            } else if (isKnown(name.get())) {
                section.entries().forEach(entry -> accept(name.get(), entry));
            } else {
                problem(heading(Redactor.name(name.get())), unknownSection(name.get()));
            }
        }
    }

    private void accept(String section, Entry entry) {
        List<Setting<?>> here = Settings.inSection(section);
        Optional<Setting<?>> match = here.stream()
                .filter(setting -> setting.name().equalsIgnoreCase(entry.key()))
                .findFirst();
        if (match.isEmpty()) {
            problem(
                    heading(section) + " " + Redactor.name(entry.key()),
                    "unknown key; " + Suggestion.hint(entry.key(), here, Setting::name, Setting::name));
        } else if (entry.value().contains("\n")) {
            // The library joins lines at a backslash after white space, which a password may well end with.
            problem(
                    match.get().label(),
                    "continued on a second line; expected one line, or the environment variable "
                            + match.get().variable() + " if the value ends with \\");
        } else if (!values.put(match.get(), entry.value(), path.toString())) {
            problem(match.get().label(), "set more than once; expected once");
        }
    }

    private String unknownSection(String name) {
        List<Setting<?>> elsewhere = Settings.inSection(name);
        return "unknown section; "
                + (elsewhere.isEmpty()
                        ? Suggestion.hint(name, sections, Function.identity(), SettingsFile::heading)
                        : "expected in " + elsewhere.get(0).file());
    }

    private boolean isKnown(String section) {
        return sections.stream().anyMatch(section::equalsIgnoreCase);
    }

    private static String heading(String section) {
        return "[" + section + "]";
    }

    private String headings() {
        return sections.stream().map(SettingsFile::heading).collect(Collectors.joining(" or "));
    }

    private void problem(String what, String why) {
        values.problems().add(path + ": " + what + ": " + why);
    }
}
