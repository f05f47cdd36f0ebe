package io.simpleim.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tour of the API with curl, against a server that wants a partner key. */
@Timeout(60)
class TourScriptIT {
    private static final String SCRIPT = "tour.sh";
    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";
    private static final Pattern CALL = Pattern.compile("^\\| (?:GET|POST|POST and WS) (/[a-z_/]+)", Pattern.MULTILINE);

    @RegisterExtension
    static final Running SERVER = new Running(() -> EmbeddedDeployment.start(Map.of("IM_PARTNER_KEYS", "shop:" + KEY)));

    private static Example tour(String key) {
        Deployment server = SERVER.deployment();
        String url = server.base().toString().replaceAll("/$", "");
        return Example.bash(SCRIPT, Map.of("SIMPLEIM_URL", url, "SIMPLEIM_PARTNER_KEY", key));
    }

    @Test
    void itEndsWellAndShowsWhatItSays() throws Exception {
        // A second time too: what the first one has left is in nobody's way.
        for (int i = 0; i < 2; i++) {
            try (Example tour = tour(KEY)) {
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
                        .doesNotContain(KEY);
            }
        }
    }

    @Test
    void itEndsAtTheFirstCallThatFails() throws Exception {
        try (Example tour = tour("another-key-of-nobody-0123456789-01234567")) {
            assertThat(tour.awaitEnd()).isNotZero();
            assertThat(tour.output())
                    .contains("partner_key_required", "That should have succeeded.")
                    .doesNotContain("single_message");
        }
    }

    @Test
    void everyCallOfTheReadmeIsInIt() throws IOException {
        String script = Files.readString(Path.of("src/site/examples", SCRIPT));
        List<String> calls = CALL.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> match.group(1))
                .filter(call -> !call.equals("/metrics"))
                .toList();

        assertThat(calls)
                .hasSizeGreaterThan(15)
                .allSatisfy(call -> assertThat(script).contains(" " + call));
    }
}
