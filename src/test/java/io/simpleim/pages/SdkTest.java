package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.NodeJs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Unit tests of the SDK with fakes: src/test/js/sdk, run by Node's test runner. */
@Timeout(60)
@EnabledIf("io.simpleim.testing.NodeJs#isExpected")
class SdkTest {
    @Test
    void sdkTestsPass() {
        assertThat(NodeJs.run(
                        "--test",
                        "src/test/js/sdk/catch-up.test.js",
                        "src/test/js/sdk/connection.test.js",
                        "src/test/js/sdk/documents.test.js",
                        "src/test/js/sdk/order.test.js",
                        "src/test/js/sdk/outbox.test.js",
                        "src/test/js/sdk/receipts.test.js",
                        "src/test/js/sdk/tokens.test.js"))
                .contains("# fail 0")
                .doesNotContain("# pass 0");
    }
}
