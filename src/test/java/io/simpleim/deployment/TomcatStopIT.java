package io.simpleim.deployment;

import static io.simpleim.testing.ImClient.anyUser;
import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients and operators see when a server in use is stopped. */
class TomcatStopIT {
    private static final int GOING_AWAY = 1001;
    private static final int ANSWERS_BEFORE = 20;

    /** When a web application stops, Tomcat names leaked threads and ThreadLocals. */
    @ParameterizedTest
    @EnumSource
    void stopSendsClientsElsewhereAndLeaksNothing(TomcatVersion version) {
        try (TomcatDistribution tomcat = TomcatDistribution.tuned(version);
                ImSocket socket = socketThatGotAMessage(tomcat)) {
            Map<String, Long> answered = new ConcurrentHashMap<>();
            CompletableFuture<Void> sending = sendUntilItIsGone(new ImClient(tomcat.base()), answered);
            await().atMost(Duration.ofSeconds(60)).until(() -> answered.size() >= ANSWERS_BEFORE);
            assertThat(tomcat.stop()).as("ended by itself").isTrue();
            assertThat(socket.closeCode()).isEqualTo(GOING_AWAY);
            sending.join();
            try (StoredDocuments stored = new StoredDocuments(tomcat.mongoAddress())) {
                answered.forEach((messageId, seq) -> {
                    assertThat(stored.one("user_message", "message_id", messageId)
                                    .get("seq", Number.class)
                                    .longValue())
                            .isEqualTo(seq);
                    stored.one("message", "message_id", messageId);
                });
            }
            assertThat(complaints(tomcat)).isEmpty();
            assertThat(tomcat.output()).contains("Destroying ProtocolHandler");
        }
    }

    private static CompletableFuture<Void> sendUntilItIsGone(ImClient client, Map<String, Long> answered) {
        ImUser sender = ImUser.loggedIn(client, anyUser());
        String receiver = anyUser();
        return CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    Answer answer = sender.write(receiver, "m");
                    if (answer.status() == 200) {
                        JsonObject sent = answer.data();
                        answered.put(
                                sent.get("message_id").getAsString(),
                                sent.get("seq").getAsLong());
                    }
                }
            } catch (UncheckedIOException e) {
                // The server is gone.
            }
        });
    }

    @Test
    void stopOfAnEmbeddedServerTellsClients() {
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

    /** The complete log of Tomcat and the application. */
    static List<String> complaints(TomcatDistribution tomcat) {
        return tomcat.output()
                .lines()
                .filter(line -> line.matches(".* (WARNING|SEVERE|WARN|ERROR) .*"))
                .toList();
    }
}
