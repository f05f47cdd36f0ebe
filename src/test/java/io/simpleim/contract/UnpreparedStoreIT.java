package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.Answer;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.MongoProxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A store that accepts the creation of an index but takes long to finish it. */
class UnpreparedStoreIT {
    private MongoProxy network;

    /** A start that blocks would delay other applications in the container. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void serverStartsUnreadyAndBecomesReadyWithTheStore() {
        try (EmbeddedDeployment server = EmbeddedDeployment.over(this::holdingIndexes);
                MongoProxy store = network) {
            ImClient client = new ImClient(server.base());
            assertThat(client.send(client.request("health/live")).status()).isEqualTo(200);
            Answer early = client.post("", "user/get_login_token", Map.of("user_id", "anna"));
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.error()).isEqualTo("unavailable");

            store.release();

            await().untilAsserted(() -> assertThat(
                            client.send(client.request("health/ready")).status())
                    .isEqualTo(200));
            assertThat(client.login("anna")).isNotEmpty();
        }
    }

    private String holdingIndexes(String mongoAddress) {
        network = new MongoProxy(mongoAddress);
        network.hold("createIndexes user");
        return network.address();
    }
}
