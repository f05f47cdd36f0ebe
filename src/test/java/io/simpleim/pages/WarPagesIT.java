package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The pages of the WAR in a stock Tomcat, below a context path. */
@Timeout(120)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class WarPagesIT {
    @Test
    void allPagesWorkBelowAnyContextPath() {
        try (TomcatDistribution tomcat =
                        TomcatDistribution.stock(TomcatVersion.TOMCAT_10, "im.war", Map.of("IM_WEB_DEMO", "true"));
                Browser browser = Browser.start()) {
            ChatTab tab = ChatTab.signedIn(browser, tomcat.base(), "anna");
            tab.begin("chat", "bert");
            tab.write("from below a path");
            browser.await("document.querySelector('#rows .text')?.textContent === 'from below a path'");
            browser.open(tomcat.base().resolve("sdk/"));
            browser.await("document.querySelector('h1')");
            browser.open(tomcat.base().resolve("docs/rest.html"));
            browser.await("document.querySelectorAll('.opblock').length > 10");
            browser.open(tomcat.base().resolve("docs/websocket.html"));
            browser.await("document.querySelectorAll('main h2').length > 1");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
