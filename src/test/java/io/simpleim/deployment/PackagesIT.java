package io.simpleim.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The required and forbidden content of both artefacts. */
class PackagesIT {
    /** Libraries of the standalone server and of the container, which are useless or harmful in a WAR. */
    private static final String NOT_IN_THE_WAR = "(tomcat|jakarta|mongo-java-server|h2|netty|embedded-redis|picocli"
            + "|jul-to-slf4j|junit|assertj|awaitility|archunit)[-.].*";

    /** The guides, the API reference and their viewers. */
    private static final List<String> REFERENCE = List.of(
            "docs/index.html",
            "docs/guide.html",
            "docs/site/README.zh-CN.md",
            "docs/site/markdown/getting-started.md",
            "docs/site/markdown/api.md",
            "docs/site/markdown/architecture.md",
            "docs/site/examples/README.md",
            "docs/site/conformance/README.md",
            "docs/site/images/chat.png",
            "docs/openapi.yaml",
            "docs/asyncapi.yaml",
            "docs/lib/swagger-ui/swagger-ui-bundle.js",
            "docs/lib/swagger-ui/swagger-ui.css",
            "docs/lib/js-yaml/js-yaml.mjs",
            "docs/lib/marked/marked.esm.js");

    @Test
    void warContainsOnlyTheApplicationAndItsLibraries() throws IOException {
        List<String> entries = entries("im.test.war");
        assertThat(entries)
                .contains("WEB-INF/web.xml", "WEB-INF/classes/io/simpleim/bootstrap/Bootstrap.class")
                .containsAll(REFERENCE)
                .noneMatch(entry -> entry.contains("io/simpleim/standalone"));

        List<String> libraries = entries.stream()
                .filter(entry -> entry.matches("WEB-INF/lib/.+"))
                .map(entry -> entry.substring("WEB-INF/lib/".length()))
                .toList();
        assertThat(libraries)
                .anyMatch(name -> name.startsWith("mongodb-driver-sync-"))
                .anyMatch(name -> name.startsWith("jedis-"))
                .noneMatch(name -> name.matches(NOT_IN_THE_WAR));
    }

    @Test
    void standaloneJarContainsAllItsDependencies() throws IOException {
        assertThat(entries("im.test.standalone"))
                .contains(
                        "io/simpleim/standalone/Launcher.class",
                        "io/simpleim/bootstrap/Application.class",
                        "org/apache/catalina/startup/Tomcat.class",
                        "org/apache/tomcat/websocket/server/WsSci.class",
                        "jakarta/servlet/Servlet.class",
                        "jakarta/websocket/Session.class",
                        "de/bwaldvogel/mongo/MongoServer.class",
                        "org/h2/mvstore/MVStore.class",
                        "redis/embedded/core/ExecutableProvider.class",
                        "redis/clients/jedis/RedisClient.class",
                        "com/mongodb/client/MongoClient.class",
                        "picocli/CommandLine.class")
                .containsAll(REFERENCE.stream().map(page -> "webapp/" + page).toList())
                // Nothing else from the archives that contain these.
                .noneMatch(entry -> entry.startsWith("META-INF/resources/webjars"));
    }

    private static List<String> entries(String property) throws IOException {
        try (ZipFile archive = new ZipFile(System.getProperty(property))) {
            return archive.stream().map(ZipEntry::getName).toList();
        }
    }
}
