package io.simpleim.deployment;

import static io.simpleim.testing.ImClient.anyUser;
import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR in a stock Tomcat, without any of our configuration files. */
class StockTomcatIT {
    @ParameterizedTest
    @CsvSource({"TOMCAT_10, ROOT.war", "TOMCAT_10, im.war", "TOMCAT_11, ROOT.war", "TOMCAT_11, im.war"})
    void servesRestAndWebSocketBelowItsContextPath(TomcatVersion version, String warName) {
        try (TomcatDistribution tomcat = TomcatDistribution.stock(version, warName)) {
            ImClient client = new ImClient(tomcat.base());
            String receiver = anyUser();
            try (ImSocket socket = ImSocket.listen(tomcat.base(), client.login(receiver))) {
                Answer sent = client.post(
                        client.login(anyUser()),
                        "rm/room/single_message",
                        params("to_user_id", receiver, "message", "hello"));
                JsonObject push = socket.next();
                assertThat(push.get("message_id")).isEqualTo(sent.data().get("message_id"));
            }
            assertThat(client.get("", "no/such/path", Map.of()).error()).isEqualTo("not_found");
            // Even if the container allows it for other applications.
            assertThat(client.get("", "docs/lib/", Map.of()).error()).isEqualTo("not_found");
            assertThat(client.send(client.request("new.html").PUT(BodyPublishers.ofString("a page of somebody's")))
                            .error())
                    .isEqualTo("not_found");
            assertThat(tomcat.stop()).as("ended by itself").isTrue();
            assertThat(TomcatStopIT.complaints(tomcat)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void logsWhatToSetWithoutConfiguration(TomcatVersion version) {
        try (TomcatDistribution tomcat = TomcatDistribution.withoutConfiguration(version)) {
            // A web application that failed to start does not exist.
            assertThat(new ImClient(tomcat.base())
                            .get("", "health/live", Map.of())
                            .status())
                    .isEqualTo(404);
            assertThat(tomcat.output())
                    .contains("SimpleIM does not start.")
                    .contains("conf/simpleim (no such folder)")
                    .contains("IM_MONGO_ADDRESS", "IM_REDIS_ADDRESS", "IM_LOGIN_SECRET");
        }
    }
}
