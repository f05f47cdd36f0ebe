package io.simpleim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsMetricsLabelsAndGroupings() {
        PromQl found = PromQl.parse(
                "histogram_quantile(0.99, sum by (le, path) (rate(a_bucket{job=~\"$job\","
                        + "path=~\"/x/(y|z)\"}[$__rate_interval]))) / clamp_min(b, 1) > on (job) group_left () count(c) or vector(0)");

        assertThat(found.selectors())
                .containsExactly(
                        new PromQl.Selector("a_bucket", Set.of("job", "path")),
                        new PromQl.Selector("b", Set.of()),
                        new PromQl.Selector("c", Set.of()));
        assertThat(found.groupings()).containsExactlyInAnyOrder("le", "path", "job");
    }
}
