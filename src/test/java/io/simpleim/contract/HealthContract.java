package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The health checks for load balancers. */
interface HealthContract extends ApiSuite {
    @Test
    default void isReadyWhileBothStoresAnswer() {
        Answer ready = client().get("", "health/ready", Map.of());
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.code()).isEqualTo(200);
        assertThat(ready.data().get("server").getAsString()).isEqualTo("up");
        assertThat(ready.data().get("mongo").getAsString()).isEqualTo("up");
        assertThat(ready.data().get("redis").getAsString()).isEqualTo("up");
    }

    @Test
    default void isAliveWithoutAToken() {
        Answer live = client().get("", "health/live", Map.of());
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.code()).isEqualTo(200);
    }
}
