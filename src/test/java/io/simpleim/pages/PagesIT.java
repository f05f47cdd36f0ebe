package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@Timeout(60)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class PagesIT {
    @Test
    void theChatPageIsAtTheRoot() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(Map.of("IM_WEB_DEMO", "true"));
                Browser browser = Browser.start()) {
            browser.open(server.base());
            assertThat(browser.find("h1").getText()).isNotEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
