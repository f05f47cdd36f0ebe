package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.Answer;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.Exposition;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawExchange;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server's metrics, and who may read them. */
class MetricsIT {
    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";

    @RegisterExtension
    static final DeploymentExtension SERVER =
            new DeploymentExtension(() -> EmbeddedDeployment.start(Map.of("IM_PARTNER_KEYS", "shop:" + KEY)));

    private ImClient client;
    private Exposition before;

    @BeforeEach
    void takeBaseline() {
        client = new ImClient(SERVER.deployment().base());
        // Connections of an earlier test are counted until they are gone.
        await().untilAsserted(() -> {
            before = metrics();
            assertThat(before.value("simpleim_connections")).isZero();
        });
    }

    private ImUser anyUser() {
        String id = ImClient.anyUser();
        Answer login = client.send(client.request("user/get_login_token")
                .header("X-Partner-Key", KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"" + id + "\"}")));
        return new ImUser(client, id, login.data().get("token").getAsString());
    }

    private Exposition metrics() {
        return Exposition.of(client);
    }

    /** Metrics since the start of the test. Some are counted a moment after the answer. */
    private void eventually(Consumer<Exposition> assertion) {
        await().untilAsserted(() -> assertion.accept(metrics().since(before)));
    }

    private static double requests(Exposition shown, String path, String outcome) {
        return shown.value("simpleim_http_requests_seconds_count", "path", path, "outcome", outcome);
    }

    @Test
    void messageIsCountedOnceFromSendToDelivery() {
        ImUser ann = anyUser();
        ImUser bob = anyUser();
        String roomId = ann.roomWith(bob);
        try (ImSocket phone = bob.listen();
                ImSocket sender = ann.listen()) {
            ann.write(bob.id(), "by REST");
            sender.send("{\"op\":\"single_message\",\"to_user_id\":\"" + bob.id() + "\",\"message\":\"by WebSocket\"}");
            String once = "{\"op\":\"room_message\",\"room_id\":\"" + roomId
                    + "\",\"message\":\"to a room\",\"client_msg_id\":\"1\"}";
            sender.send(once);
            sender.send(once);
            sender.send("{\"op\":\"room_message\",\"room_id\":\"nowhere\",\"message\":\"refused\"}");
            for (int i = 0; i < 3; i++) {
                Pushes.nextMessage(phone);
            }
            Pushes.messagesSoFar(sender);

            eventually(shown -> {
                assertThat(shown.value("simpleim_messages_total", "room_type", "1"))
                        .isEqualTo(2);
                assertThat(shown.value("simpleim_messages_total", "room_type", "2"))
                        .isEqualTo(1);
                assertThat(shown.value("simpleim_messages_repeated_total")).isEqualTo(1);
                assertThat(shown.value("simpleim_commit_batch_messages_sum")).isEqualTo(4);
                assertThat(shown.value("simpleim_commit_batch_messages_bucket", "le", "1.0"))
                        .isEqualTo(4);
                assertThat(shown.value("simpleim_commit_seconds_count")).isEqualTo(4);
                assertThat(shown.value("simpleim_commit_seconds_sum")).isPositive();
                assertThat(shown.value("simpleim_write_queue_messages")).isZero();
                assertThat(shown.value("simpleim_sent_frames_total", "kind", "message"))
                        .isEqualTo(3);
                assertThat(shown.value("simpleim_sent_bytes_total")).isGreaterThan(3 * 200);
                assertThat(shown.value("simpleim_delivery_seconds_count")).isEqualTo(3);
                assertThat(shown.value("simpleim_frames_seconds_count", "op", "single_message", "outcome", "ok"))
                        .isEqualTo(1);
                assertThat(shown.value("simpleim_frames_seconds_count", "op", "room_message", "outcome", "ok"))
                        .isEqualTo(2);
                assertThat(shown.value("simpleim_frames_seconds_count", "op", "room_message", "outcome", "refused"))
                        .isEqualTo(1);
                assertThat(shown.value("simpleim_refusals_total", "reason", "room_not_found"))
                        .isEqualTo(1);
                assertThat(requests(shown, "/rm/room/single_message", "ok")).isEqualTo(1);
            });
        }
    }

    @Test
    void connectionsAreCountedAsTheyComeAndGo() {
        ImUser ann = anyUser();
        try (ImSocket phone = ann.listen();
                ImSocket laptop = ann.connectLiveOnly();
                ImSocket sender = ann.roomSender()) {
            eventually(shown -> {
                assertThat(shown.value("simpleim_connections")).isEqualTo(3);
                assertThat(shown.value("simpleim_users_connected")).isEqualTo(1);
                assertThat(shown.value("simpleim_connections_opened_total", "endpoint", "/u/user/connect"))
                        .isEqualTo(2);
                assertThat(shown.value("simpleim_connections_opened_total", "endpoint", "/rm/room/room_message"))
                        .isEqualTo(1);
                assertThat(requests(shown, "/u/user/connect", "ok")).isEqualTo(2);
                assertThat(shown.value("simpleim_offline_pushes_total")).isEqualTo(1);
            });
            phone.send("no JSON");
            phone.send("{\"op\":\"made up\"}");
            Pushes.messagesSoFar(phone);
            ann.post("u/user/login_out");
            assertThat(phone.closeCode()).isEqualTo(4001);
            assertThat(laptop.closeCode()).isEqualTo(4001);
            assertThat(sender.closeCode()).isEqualTo(4001);
        }
        eventually(shown -> {
            assertThat(shown.value("simpleim_connections")).isZero();
            assertThat(shown.value("simpleim_users_connected")).isZero();
            assertThat(shown.value("simpleim_closes_total", "code", "4001")).isEqualTo(3);
            assertThat(shown.value("simpleim_frames_seconds_count", "op", "other", "outcome", "refused"))
                    .isEqualTo(2);
            assertThat(shown.value("simpleim_frames_seconds_count", "op", "ping", "outcome", "ok"))
                    .isEqualTo(3);
        });
    }

    @Test
    void clientInputNeverBecomesALabel() {
        ImUser ann = anyUser();
        client.send(client.request("no/such/path"));
        client.send(client.request("no/other/path"));
        client.post("no token", "rm/room/create_room", Map.of());
        ImSocket.listen(client.base(), ann.token()).close();

        eventually(shown -> {
            assertThat(shown.value("simpleim_refusals_total", "reason", "not_found"))
                    .isEqualTo(2);
            assertThat(requests(shown, "other", "refused")).isEqualTo(2);
            assertThat(requests(shown, "/rm/room/create_room", "refused")).isEqualTo(1);
            assertThat(requests(shown, "/user/get_login_token", "ok")).isEqualTo(1);
            assertThat(shown.text()).doesNotContain("such").doesNotContain(ann.token());
        });
    }

    @Test
    void slowlyReadAnswerCountsAsOneRequest() {
        ImUser ann = anyUser();
        String roomId = ann.roomWith();
        ann.say(roomId, "x".repeat(10_000));
        ann.say(roomId, "y".repeat(10_000));
        assertThat(ann.history(roomId)).hasSize(2);

        eventually(shown -> assertThat(requests(shown, "/rm/room/get_room_message_list", "ok"))
                .isEqualTo(1));
    }

    @Test
    void storesAndCachesAreMeasured() {
        ImUser ann = anyUser();
        String peer = ImClient.anyUser();
        ann.write(peer, "first");
        ann.write(peer, "second");

        eventually(shown -> {
            for (String collection : new String[] {"message", "user_message"}) {
                assertThat(shown.value(
                                "simpleim_mongo_calls_seconds_count",
                                "collection",
                                collection,
                                "operation",
                                "insert",
                                "outcome",
                                "ok"))
                        .isEqualTo(2);
            }
            assertThat(shown.value("simpleim_redis_calls_seconds_count", "operation", "command", "outcome", "ok"))
                    .isPositive();
            assertThat(shown.value("simpleim_cache_lookups_total", "cache", "pairs", "result", "hit"))
                    .isEqualTo(1);
            assertThat(shown.value("simpleim_cache_entries", "cache", "pairs")).isEqualTo(1);
            // The login and the partner's call; the audit log does not cover sends.
            assertThat(shown.value("simpleim_audit_lines_total")).isEqualTo(2);
        });
    }

    @Test
    void gaugesShowTheCurrentState() {
        Exposition shown = metrics();

        assertThat(shown.value("simpleim_store_up", "store", "mongodb")).isEqualTo(1);
        assertThat(shown.value("simpleim_store_up", "store", "redis")).isEqualTo(1);
        assertThat(shown.value("simpleim_mongo_connections", "state", "open")).isBetween(1.0, 100.0);
        assertThat(shown.value("simpleim_mongo_connections", "state", "in_use")).isBetween(0.0, 100.0);
        assertThat(shown.value("simpleim_cluster_nodes")).isEqualTo(1);
        assertThat(shown.value("simpleim_write_queue_capacity_messages")).isEqualTo(10_000);
        assertThat(shown.value("simpleim_outbound_queued_largest_bytes")).isZero();
    }

    @Test
    void versionAndJvmAreShown() {
        Exposition shown = metrics();

        assertThat(shown.value("simpleim_build_info")).isEqualTo(1);
        assertThat(shown.labelsOf("simpleim_build_info")).containsExactly("version");
        assertThat(shown.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
        assertThat(shown.value("process_uptime_seconds")).isPositive();
        assertThat(shown.value("process_files_open_files")).isPositive();
    }

    @Test
    void openMetricsIsServedToClientsThatAcceptIt() {
        Answer plain = client.send(client.request("metrics").header("Accept", "text/html, */*"));
        Answer open = client.send(client.request("metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"));

        assertThat(plain.header("Content-Type")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(plain.body()).contains("# TYPE simpleim_messages_total counter");
        assertThat(open.header("Content-Type")).isEqualTo("application/openmetrics-text;version=1.0.0;charset=utf-8");
        assertThat(open.body()).contains("# TYPE simpleim_messages counter").endsWith("# EOF\n");
    }

    @Test
    void onlyLocalCallersAndPartnersMayReadMetrics() {
        Answer local = client.send(client.request("metrics"));
        // DNS rebinding: a page whose host name was made to point to this machine.
        RawExchange renamed = RawExchange.of(
                client.base(), "GET /metrics HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n\r\n");
        assertThat(renamed.text()).contains("partner_key_required");
        Answer forwarded = client.send(client.request("metrics").header("X-Forwarded-For", "10.0.0.1"));
        Answer partner = client.send(
                client.request("metrics").header("X-Forwarded-For", "10.0.0.1").header("X-Partner-Key", KEY));

        assertThat(local.body()).contains("simpleim_connections");
        assertThat(forwarded.error()).isEqualTo("partner_key_required");
        assertThat(partner.body()).contains("simpleim_connections");
    }
}
