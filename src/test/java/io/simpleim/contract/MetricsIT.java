package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawTalk;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server counts, and who sees it. */
class MetricsIT {
    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";

    @Test
    void whatIsRefusedIsCountedByReason() throws Exception {
        try (EmbeddedDeployment server = EmbeddedDeployment.start()) {
            ImClient client = new ImClient(server.base());
            client.send(client.request("no/such/path"));
            client.send(client.request("no/such/path"));

            assertThat(client.send(client.request("metrics")).body())
                    .contains("simpleim_refusals_total{reason=\"not_found\"} 2.0")
                    .contains("simpleim_connections 0.0");
        }
    }

    @Test
    void theyAreForThisMachineAndForPartners() throws Exception {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(Map.of("IM_PARTNER_KEYS", "shop:" + KEY))) {
            ImClient client = new ImClient(server.base());
            Answer local = client.send(client.request("metrics"));
            // A page whose host's name was made to mean this machine.
            RawTalk renamed = RawTalk.of(
                    server.base(), "GET /metrics HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n\r\n");
            assertThat(renamed.text()).contains("partner_key_required");
            Answer forwarded = client.send(client.request("metrics").header("X-Forwarded-For", "10.0.0.1"));
            Answer partner = client.send(client.request("metrics")
                    .header("X-Forwarded-For", "10.0.0.1")
                    .header("X-Partner-Key", KEY));

            assertThat(local.body()).contains("simpleim_connections");
            assertThat(forwarded.error()).isEqualTo("partner_key_required");
            assertThat(partner.body()).contains("simpleim_connections");
        }
    }
}
