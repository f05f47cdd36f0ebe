package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.NodeJs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Unit tests of the chat page's model: src/test/js/demo, run by Node's test runner. */
@Timeout(60)
@EnabledIf("io.simpleim.testing.NodeJs#isExpected")
class ChatModelTest {
    @Test
    void modelTestsPass() {
        assertThat(NodeJs.run("--test", "src/test/js/demo/chat.test.js"))
                .contains("# fail 0")
                .doesNotContain("# pass 0");
    }
}
