package io.simpleim.config.source;

import io.simpleim.config.Setting;
import io.simpleim.config.Settings;
import io.simpleim.config.value.Redactor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads settings from one file, and reports everything in it that is not a setting. */
final class SettingsFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;
    private final List<String> sections;
    private final SettingTexts texts;

    SettingsFile(Path folder, String name, SettingTexts texts) {
        this.path = folder.resolve(name);
        this.sections = Settings.sectionsIn(name);
        this.texts = texts;
    }

    /** Does nothing if the file does not exist. */
    void read() {
        if (Files.notExists(path)) {
            return;
        }
        try {
            String text = Files.readString(path);
            String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            IniParser.parse(content, (line, expected) -> problem("line " + line + " (not shown)", expected))
                    .forEach(this::accept);
        } catch (CharacterCodingException e) {
            texts.addProblem(path + ": not UTF-8; expected a file saved in UTF-8");
        } catch (IOException e) {
            texts.addProblem(path + ": cannot be read (" + e + "); expected a readable INI file");
        }
    }

    private void accept(IniParser.Section section) {
        Optional<String> name = section.name();
        if (name.isEmpty()) {
            String expected = sections.stream().map(SettingsFile::heading).collect(Collectors.joining(" or "));
            section.entries()
                    .forEach(entry ->
                            problem(Redactor.name(entry.key()), "outside a section; expected below " + expected));
        } else if (sections.stream().anyMatch(name.get()::equalsIgnoreCase)) {
            section.entries().forEach(entry -> accept(name.get(), entry));
        } else {
            problem(heading(Redactor.name(name.get())), unknownSection(name.get()));
        }
    }

    private void accept(String section, IniParser.Entry entry) {
        List<Setting<?>> candidates = Settings.inSection(section);
        Optional<Setting<?>> match = candidates.stream()
                .filter(setting -> setting.name().equalsIgnoreCase(entry.key()))
                .findFirst();
        if (match.isEmpty()) {
            problem(
                    heading(section) + " " + Redactor.name(entry.key()),
                    "unknown key; " + Suggestion.hint(entry.key(), candidates, Setting::name, Setting::name));
        } else if (entry.continued()) {
            problem(
                    match.get().label(),
                    "continued on a second line; expected one line, or the environment variable "
                            + match.get().variable() + " if the value ends with \\");
        } else if (!texts.put(match.get(), entry.value(), path.toString())) {
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

    private static String heading(String section) {
        return "[" + section + "]";
    }

    private void problem(String what, String why) {
        texts.addProblem(path + ": " + what + ": " + why);
    }
}
