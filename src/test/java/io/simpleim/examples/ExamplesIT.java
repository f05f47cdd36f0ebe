package io.simpleim.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.OwnedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The programs of {@code src/site/examples} work as intended, all against one server. */
@Timeout(60)
class ExamplesIT {
    private static final OwnedPort JAVA_PORT = OwnedPort.claim();
    private static final OwnedPort NODE_PORT = OwnedPort.claim();

    private static EmbeddedDeployment server;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(PartnerShop.settings(JAVA_PORT.number(), NODE_PORT.number()));
    }

    @AfterAll
    static void stop() {
        server.close();
        JAVA_PORT.close();
        NODE_PORT.close();
    }

    @Nested
    class InJava extends PartnerBackendContract {
        @Override
        PartnerShop open() throws IOException {
            return PartnerShop.inJava(server, JAVA_PORT.number());
        }
    }

    @Nested
    @EnabledIf("io.simpleim.examples.Example#isNodeExpected")
    class InNode extends PartnerBackendContract {
        @Override
        PartnerShop open() throws IOException {
            return PartnerShop.inNode(server, NODE_PORT.number());
        }
    }

    /** The tour of the API with curl. */
    @Nested
    class TourScript {
        private static final String SCRIPT = "tour.sh";
        private static final Pattern CALL =
                Pattern.compile("^\\| (?:GET|POST|POST and WS) (/[a-z_/]+)", Pattern.MULTILINE);

        private Example tour(String key) {
            String url = server.base().toString().replaceAll("/$", "");
            return Example.bash(SCRIPT, Map.of("SIMPLEIM_URL", url, "SIMPLEIM_PARTNER_KEY", key));
        }

        @Test
        void tourSucceedsAndPrintsWhatItPromises() throws Exception {
            // Run twice: the first run must leave nothing that disturbs the second.
            for (int i = 0; i < 2; i++) {
                try (Example tour = tour(PartnerShop.KEY)) {
                    assertThat(tour.awaitEnd()).as(tour.output()).isZero();
                    assertThat(tour.output())
                            .contains("\"MessageData\":\"Hello Bob & 你好\"")
                            .contains("\"PeerUserId\":\"tour-alice\"")
                            .contains("\"Name\":\"Lunch at noon\"")
                            .contains("{\"UserId\":\"tour-alice\",\"IsHost\":true,\"ReadSeq\":1,")
                            .contains("\"MessageType\":7,\"MessageData\":\"I am\"")
                            .contains("\"error\":\"not_room_host\"")
                            .contains("\"error\":\"not_in_room\"")
                            .contains("\"current\":true")
                            .contains("\"error\":\"token_expired\"")
                            .contains("That was all.")
                            .doesNotContain(PartnerShop.KEY);
                }
            }
        }

        @Test
        void tourStopsAtTheFirstFailure() throws Exception {
            try (Example tour = tour("another-key-of-nobody-0123456789-01234567")) {
                assertThat(tour.awaitEnd()).isNotZero();
                assertThat(tour.output())
                        .contains("partner_key_required", "That should have succeeded.")
                        .doesNotContain("single_message");
            }
        }

        @Test
        void tourCoversEveryCallOfTheApiGuide() throws IOException {
            String script = Files.readString(Path.of("src/site/examples", SCRIPT));
            List<String> calls = CALL.matcher(Files.readString(Path.of("src/site/markdown/api.md")))
                    .results()
                    .map(match -> match.group(1))
                    .filter(call -> !call.equals("/metrics"))
                    .toList();

            assertThat(calls)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(call -> assertThat(script).contains(" " + call));
        }
    }
}
