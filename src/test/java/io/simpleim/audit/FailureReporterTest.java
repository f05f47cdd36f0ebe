package io.simpleim.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.api.ApiError;
import io.simpleim.api.Failure;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.metrics.Metrics;
import io.simpleim.model.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReporterTest {
    private final Metrics metrics = new Metrics();
    private final List<String> lines = new ArrayList<>();
    private final FailureReporter failures = new FailureReporter(metrics, new AuditLog(lines::add, Clock.systemUTC()));

    @Test
    void aRefusalIsMappedCountedAndAudited() {
        Failure failure = failures.report(RequestRejected.because(ApiError.UNAUTHENTICATED), "id-1");

        assertThat(failure.error()).isEqualTo(ApiError.UNAUTHENTICATED);
        assertThat(shown()).contains("{reason=\"unauthenticated\"} 1");
        assertThat(lines).singleElement().asString().contains("\"event\":\"refused\"");
    }

    @Test
    void aRefusalCausedByALimitIsCountedUnderTheLimit() {
        failures.report(RequestRejected.forNow(ApiError.RATE_LIMITED, 1).by(Limit.MESSAGES_PER_SECOND), "id-1");

        assertThat(shown()).contains("{reason=\"messagesPerSecond\"} 1");
    }

    @Test
    void failuresOfTheServerAreCountedAndNotAudited() {
        failures.report(new StoreUnavailableException("MongoDB is out of reach"), "id-1");

        assertThat(shown()).contains("{reason=\"unavailable\"} 1");
        assertThat(lines).isEmpty();
    }

    private String shown() {
        return new String(metrics.text(Metrics.formatFor(null)), StandardCharsets.UTF_8);
    }
}
