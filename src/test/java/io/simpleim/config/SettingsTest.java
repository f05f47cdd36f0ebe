package io.simpleim.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.simpleim.config.source.ConfigLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    @Test
    void listsEverySettingThereIs() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Settings.class.getPackageName());
        List<JavaField> constants = classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                .toList();
        assertThat(Settings.all()).hasSameSizeAs(constants).doesNotHaveDuplicates();
        assertThat(Settings.all()).extracting(Setting::label).doesNotHaveDuplicates();
    }

    @Test
    void theConfigurationHasAValueForEverySetting() {
        ServerConfig config = ConfigLoader.defaults(Map.of());
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat((Object) config.get(setting)).isEqualTo(setting.parsedDefault()));
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
