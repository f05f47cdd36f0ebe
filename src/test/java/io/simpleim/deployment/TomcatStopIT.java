package io.simpleim.deployment;

import static io.simpleim.testing.ImClient.anyUser;
import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients and operators see when a server is stopped that has been in use. */
class TomcatStopIT {
    private static final int GOING_AWAY = 1001;

    /** At the stop of a web application Tomcat names the threads and ThreadLocals that it has left behind. */
    @ParameterizedTest
    @EnumSource
    void tellsClientsToGoElsewhereAndLeavesNothingBehind(TomcatVersion version) {
        try (TomcatDistribution tomcat = TomcatDistribution.tuned(version);
                ImSocket socket = socketThatGotAMessage(tomcat)) {
            assertThat(tomcat.stop()).as("ended by itself").isTrue();
            assertThat(socket.closeCode()).isEqualTo(GOING_AWAY);
            assertThat(complaints(tomcat)).isEmpty();
            assertThat(tomcat.output()).contains("Destroying ProtocolHandler");
        }
    }

    @Test
    void tellsClientsOfAnEmbeddedServerToo() {
        Deployment server = EmbeddedDeployment.start();
        ImSocket socket = null;
        try {
            socket = socketThatGotAMessage(server);
        } finally {
            server.close();
        }
        assertThat(socket.closeCode()).isEqualTo(GOING_AWAY);
    }

    private static ImSocket socketThatGotAMessage(Deployment server) {
        ImClient client = new ImClient(server.base());
        String receiver = anyUser();
        ImSocket socket = ImSocket.listen(server.base(), client.login(receiver));
        client.post(
                client.login(anyUser()),
                "rm/room/single_message",
                params("to_user_id", receiver, "message", "the last one"));
        assertThat(socket.next().get("message_data").getAsString()).isEqualTo("the last one");
        return socket;
    }

    /** From the start to the end, Tomcat's and ours. */
    static List<String> complaints(TomcatDistribution tomcat) {
        return tomcat.output()
                .lines()
                .filter(line -> line.matches(".* (WARNING|SEVERE|WARN|ERROR) .*"))
                .toList();
    }
}
