package io.simpleim;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.source.ConfigLoader;
import io.simpleim.standalone.ListenSettings;
import io.simpleim.standalone.StandaloneServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour of the guide "Getting started" works exactly as it is printed. */
class GettingStartedIT {
    private static final Path GUIDE = Path.of("src/site/markdown/getting-started.md");
    private static final Pattern TOUR = Pattern.compile("<!-- tour -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void tourWorksAsPrinted() throws Exception {
        try (StandaloneServer server = StandaloneServer.start(
                ConfigLoader.defaults(Map.of()),
                ListenSettings.on(0, "127.0.0.1"),
                folder.resolve("data"),
                Clock.systemUTC())) {
            String output = run(tour().replace("localhost:8080", "127.0.0.1:" + server.port()));

            assertThat(output)
                    .contains("connected")
                    .contains("\"message_data\":\"Hello Bob\"")
                    .contains("\"message_data\":\"你好\"")
                    .contains("\"message_data\":\"Hello room\"")
                    .contains("\"PeerUserId\":\"alice\"")
                    .contains("\"msg\":\"OK\"")
                    .contains("User invited to the room")
                    .contains("closed: 4001")
                    .contains("token_expired")
                    .doesNotContain("broken")
                    .doesNotContain("invalid_parameter", "missing_parameter", "not_found");
            assertThat(output.split("\"code\":200,\"msg\":\"Sent\"", -1)).hasSize(1 + 4);
        }
    }

    private static String tour() throws Exception {
        Matcher tour = TOUR.matcher(Files.readString(GUIDE));
        assertThat(tour.find()).isTrue();
        return tour.group(1);
    }

    private String run(String script) throws Exception {
        Path output = folder.resolve("output");
        Path file = Files.writeString(folder.resolve("tour.sh"), script + "\nwait\n");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", file.toString());
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        builder.environment().put("PATH", path);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            assertThat(ended).as(Files.readString(output)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
