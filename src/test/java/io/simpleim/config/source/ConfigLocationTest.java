package io.simpleim.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLocationTest {
    private static final String JNDI = "java:comp/env/im.config";

    @TempDir
    Path base;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> jndi = new HashMap<>();
    private final ConfigLocation location = new ConfigLocation(properties::get, environment, jndi::get);
    private Path inContainer;

    @BeforeEach
    void nameAllPlaces() throws IOException {
        inContainer = Files.createDirectories(base.resolve("conf").resolve("simpleim"));
        properties.put("catalina.base", base.toString());
        jndi.put(JNDI, folder("jndi"));
        environment.put("IM_CONFIG", folder("environment"));
        properties.put("im.config", folder("property"));
    }

    private String folder(String name) throws IOException {
        return Files.createDirectory(base.resolve(name)).toString();
    }

    @Test
    void asksThePlacesInOrder() {
        assertThat(location.find()).contains(base.resolve("property"));
        properties.remove("im.config");
        assertThat(location.find()).contains(base.resolve("environment"));
        environment.clear();
        assertThat(location.find()).contains(base.resolve("jndi"));
        jndi.clear();
        assertThat(location.find()).contains(inContainer);
        assertThat(location.require()).isEqualTo(inContainer);
    }

    @Test
    void aBlankNameNamesNothing() {
        properties.put("im.config", "");
        environment.put("IM_CONFIG", " ");
        assertThat(location.find()).contains(base.resolve("jndi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "file"})
    void aPlaceThatIsNamedMustExist(String name) throws IOException {
        Files.createFile(base.resolve("file"));
        String place = base + "/" + name;
        properties.put("im.config", place);
        assertRefused("system property im.config = \"" + place + "\"", "no such folder");
        properties.remove("im.config");
        environment.put("IM_CONFIG", place);
        assertRefused("environment variable IM_CONFIG = \"" + place + "\"", "no such folder");
        environment.clear();
        jndi.put(JNDI, place);
        assertRefused("JNDI entry java:comp/env/im.config = \"" + place + "\"", "no such folder");
    }

    @Test
    void refusesWhatIsNoPath() {
        properties.put("im.config", "a\u0000b");
        assertRefused("system property im.config = \"a?b\": ", "; expected a folder");
    }

    private void assertRefused(String by, String reason) {
        assertThatThrownBy(location::find)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(by)
                .hasMessageContaining(reason);
    }

    @Test
    void listsAllPlacesWhenThereIsNone() throws IOException {
        forgetNames();
        Files.delete(inContainer);
        assertThat(location.find()).isEmpty();
        assertThatThrownBy(location::require)
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "system property im.config (not set)",
                        "environment variable IM_CONFIG (not set)",
                        "JNDI entry java:comp/env/im.config (not set)",
                        "the folder " + inContainer + " (no such folder)");
    }

    @Test
    void doesWithoutAContainer() {
        forgetNames();
        properties.clear();
        assertThat(location.find()).isEmpty();
        assertThatThrownBy(location::require).hasMessageContaining("conf/simpleim below ${catalina.base} (not set)");
    }

    @Test
    void doesWithoutJndi() {
        forgetNames();
        assertThat(ConfigLocation.find(properties::get, environment)).contains(inContainer);
        assertThat(ConfigLocation.require(properties::get, environment)).isEqualTo(inContainer);
    }

    private void forgetNames() {
        properties.remove("im.config");
        environment.clear();
        jndi.clear();
    }
}
