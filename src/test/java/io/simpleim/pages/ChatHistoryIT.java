package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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

    private static final int SENDERS = 10;

    /** Records the visible seqs, gaps between neighbours, and the maximum number of rows. */
    private static final String WATCH = """
            window.seen = new Set();
            window.mostRows = 0;
            window.look = () => {
              const rows = document.querySelector("#rows").children;
              const numbers = [...rows].map((row) => Number(row.dataset.seq)).filter(Boolean);
              numbers.forEach((seq, index) => {
                if (index > 0 && seq !== numbers[index - 1] + 1) {
                  throw new Error(`${seq} after ${numbers[index - 1]}`);
                }
                seen.add(seq);
              });
              mostRows = Math.max(mostRows, rows.length);
            };
            """;

    private static final String SCROLL_UP = """
            for (let frames = 0; frames < 100 && !seen.has(1); frames++) {
              document.querySelector("#scroller").scrollTop = 0;
              await new Promise(requestAnimationFrame);
              look();
            }
            return seen.has(1);
            """;

    @Test
    void tenThousandMessagesScrollBackToTheFirstInASmallPage() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(SETTINGS);
                Browser browser = Browser.start()) {
            ImClient client = new ImClient(server.base());
            ImUser bob = ImUser.loggedIn(client, "bob");
            ImUser alice = ImUser.loggedIn(client, "alice");
            String roomId = bob.roomWith(alice);
            fill(bob, roomId);
            browser.resize(1280, 800, false);
            ChatTab tab = ChatTab.signedIn(browser, server.base(), "alice");
            browser.find(".conversation").click();
            tab.await("document.querySelector('#rows .row:last-child')?.dataset.seq === '" + MESSAGES + "'");

            browser.script(WATCH);
            long seen = 0;
            while (!Boolean.TRUE.equals(browser.async(SCROLL_UP))) {
                assertThat(number(browser, "seen.size")).isGreaterThan(seen);
                seen = number(browser, "seen.size");
            }
            assertThat(number(browser, "seen.size")).isEqualTo(MESSAGES);
            assertThat(number(browser, "mostRows")).isLessThanOrEqualTo(200);
            assertThat(number(browser, "document.querySelectorAll('*').length")).isLessThan(3_000);

            assertStaysInPlaceWhileMessagesArrive(browser, bob, roomId);
            browser.find("#jump").click();
            tab.await("document.querySelector('#rows .row:last-child').dataset.seq === '" + (MESSAGES + 1) + "'");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Uses several connections, since the messages of one are stored one after another. */
    private static void fill(ImUser sender, String roomId) {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            List<CompletableFuture<Void>> parts = IntStream.range(0, SENDERS)
                    .mapToObj(part ->
                            CompletableFuture.runAsync(() -> sender.sayMany(roomId, 1, MESSAGES / SENDERS), threads))
                    .toList();
            parts.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private static long number(Browser browser, String expression) {
        return (long) Objects.requireNonNull(browser.script("return " + expression));
    }

    private static void assertStaysInPlaceWhileMessagesArrive(Browser browser, ImUser bob, String roomId) {
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
