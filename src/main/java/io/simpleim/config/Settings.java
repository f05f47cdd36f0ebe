package io.simpleim.config;

import java.util.List;
import java.util.stream.Stream;

/** All sections of the configuration, and thereby all settings, in the order of the sample files. */
public final class Settings {
    public static final String DB_FILE = "db_config.ini";
    public static final String SYS_FILE = "sys_config.ini";

    private static final List<Section> SECTIONS = List.of(
            MongoSection.SECTION,
            RedisSection.SECTION,
            LoginSection.SECTION,
            PartnerSection.SECTION,
            WebSection.SECTION,
            LimitsSection.SECTION);

    private static final List<Setting<?>> ALL = SECTIONS.stream()
            .<Setting<?>>flatMap(section -> section.settings().stream())
            .toList();

    private Settings() {}

    public static List<Setting<?>> all() {
        return ALL;
    }

    /** The names of the configuration files. */
    public static Stream<String> files() {
        return ALL.stream().map(Setting::file).distinct();
    }

    /** The names of the sections. */
    public static Stream<String> sections() {
        return ALL.stream().map(Setting::section).distinct();
    }

    /** The names of the sections in one file. */
    public static List<String> sectionsIn(String file) {
        return ALL.stream()
                .filter(setting -> setting.file().equals(file))
                .map(Setting::section)
                .distinct()
                .toList();
    }

    /** The settings of a section, whose name is matched in any case; none if there is no such section. */
    public static List<Setting<?>> inSection(String section) {
        return ALL.stream()
                .filter(setting -> setting.section().equalsIgnoreCase(section))
                .toList();
    }

    /** The rules between settings. */
    public static List<Rule> rules() {
        return SECTIONS.stream().flatMap(section -> section.rules().stream()).toList();
    }
}
