package io.simpleim.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    @Test
    void listsEverySettingThereIs() {
        List<Field> constants = Arrays.stream(Settings.class.getDeclaredFields())
                .filter(field -> field.getType() == Setting.class)
                .toList();
        assertThat(Settings.all()).hasSameSizeAs(constants).doesNotHaveDuplicates();
    }

    @Test
    void everySettingIsAComponentOfItsSectionsRecordAndTheOtherWayRound() {
        Stream<String> components = Arrays.stream(ServerConfig.class.getRecordComponents())
                .filter(section -> section.getType().isRecord())
                .flatMap(section -> Arrays.stream(section.getType().getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> "[" + section.getName() + "] " + name));
        assertThat(Settings.all()).extracting(Setting::label).containsExactlyInAnyOrderElementsOf(components.toList());
    }

    @ParameterizedTest
    @MethodSource("io.simpleim.config.Settings#all")
    void everySettingHasAGoodDefaultAndADescription(Setting<?> setting) {
        assertThat(setting.parsedDefault()).isNotNull();
        assertThat(setting.description()).isNotBlank();
        assertThat(setting.format().expected()).isNotBlank();
        assertThat(setting.variable())
                .isEqualTo(("IM_" + setting.section() + "_" + setting.name()).toUpperCase(Locale.ROOT));
    }

    @Test
    void secretsAreMarked() {
        assertThat(Settings.all())
                .filteredOn(Setting::secret)
                .extracting(Setting::label)
                .containsExactly(
                        "[mongo] password",
                        "[redis] password",
                        "[redis] sentinelPassword",
                        "[login] secret",
                        "[login] previousSecret",
                        "[login] legacySecret",
                        "[partner] keys");
    }
}
