package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A long history on the chat page. */
@Timeout(120)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ChatHistoryIT {
    private static final int MESSAGES = 10_000;
    private static final Map<String, String> SETTINGS =
            Map.of("IM_WEB_DEMO", "true", "IM_LIMITS_MESSAGEBURST", "100000", "IM_LIMITS_MESSAGESPERSECOND", "100000");

    /** Scrolls up until the first message is there; answers which numbers were seen, and how many rows there were at most. */
    private static final String SCROLL_BACK = """
            const scroller = document.querySelector("#scroller");
            const rows = document.querySelector("#rows");
            const seen = new Set();
            let most = 0;
            const look = () => {
              const numbers = [...rows.children].map((row) => Number(row.dataset.seq)).filter(Boolean);
              numbers.forEach((seq, index) => {
                if (index > 0 && seq !== numbers[index - 1] + 1) {
                  throw new Error(`${seq} after ${numbers[index - 1]}`);
                }
                seen.add(seq);
              });
              most = Math.max(most, rows.childElementCount);
            };
            while (!seen.has(1)) {
              scroller.scrollTop = 0;
              await new Promise(requestAnimationFrame);
              look();
            }
            return [seen.size, most, document.querySelectorAll("*").length];
            """;

    @Test
    void tenThousandMessagesScrollBackToTheFirstOneInAPageThatStaysSmall() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(SETTINGS);
                Browser browser = Browser.start()) {
            ImClient client = new ImClient(server.base());
            ImUser bob = ImUser.loggedIn(client, "bob");
            ImUser alice = ImUser.loggedIn(client, "alice");
            String roomId = bob.roomWith(alice);
            bob.sayMany(roomId, 1, MESSAGES);
            browser.resize(1280, 800, false);
            ChatTab tab = ChatTab.signedIn(browser, server.base(), "alice");
            browser.find(".conversation").click();
            tab.await("document.querySelector('#rows .row:last-child')?.dataset.seq === '" + MESSAGES + "'");

            List<?> seenMostNodes = (List<?>) browser.async(SCROLL_BACK);
            assertThat(seenMostNodes.get(0)).isEqualTo((long) MESSAGES);
            assertThat((long) seenMostNodes.get(1)).isLessThanOrEqualTo(160);
            assertThat((long) seenMostNodes.get(2)).isLessThan(3_000);

            staysInPlaceWhileMessagesComeIn(browser, bob, roomId);
            browser.find("#jump").click();
            tab.await("document.querySelector('#rows .row:last-child').dataset.seq === '" + (MESSAGES + 1) + "'");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void staysInPlaceWhileMessagesComeIn(Browser browser, ImUser bob, String roomId) {
        browser.script("document.querySelector('#scroller').scrollTop = 300");
        browser.await("document.querySelector('#jump').hidden === false");
        Object before =
                browser.script("return document.querySelector('[data-seq=\"20\"]').getBoundingClientRect().top");
        bob.say(roomId, "one more");
        browser.await("document.querySelector('#jump .count').textContent === '1'");
        assertThat(browser.script("return document.querySelector('[data-seq=\"20\"]').getBoundingClientRect().top"))
                .isEqualTo(before);
    }
}
