package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.examples.PartnerShop;
import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.OwnedPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A partner's page at another origin, with a strict policy, using the server's SDK. */
@Timeout(90)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class PartnerPageIT {
    @Test
    void twoShopUsersLogInAndChat() throws Exception {
        try (OwnedPort port = OwnedPort.claim();
                EmbeddedDeployment server = EmbeddedDeployment.start(PartnerShop.settings(port.number()));
                PartnerShop shop = PartnerShop.inJava(server, port.number());
                Browser alice = Browser.start();
                Browser bob = Browser.start()) {
            alice.open(shop.url());
            logIn(alice, "alice", "wonderland");
            bob.open(shop.url());
            logIn(bob, "bob", "builder");

            write(alice, "bob", "Is the <b>lamp</b> still there?");
            awaitMessages(bob, "alice: Is the <b>lamp</b> still there?");
            write(bob, "alice", "Yes: 12 €");
            awaitMessages(alice, "alice: Is the <b>lamp</b> still there?", "bob: Yes: 12 €");
            alice.screenshot("partner-page");

            // The shop keeps the user logged in, and so does the chat.
            bob.open(shop.url());
            bob.await("document.querySelector('#state').textContent === 'online'");
            assertThat(bob.find("#me").getText()).isEqualTo("bob");
            bob.find("#logout").click();
            bob.await("document.querySelector('#chat').hidden && document.readyState === 'complete'");
            assertThat(bob.find("#login").isDisplayed()).isTrue();

            assertThat(alice.complaints()).allMatch(PartnerPageIT::isNotLoggedInError);
            assertThat(bob.complaints()).allMatch(PartnerPageIT::isNotLoggedInError);
        }
    }

    /** The page requests a token to learn whether somebody is logged in, and the console shows each 401. */
    private static boolean isNotLoggedInError(String complaint) {
        return complaint.contains("/chat-token") && complaint.contains("401");
    }

    private static void logIn(Browser browser, String user, String password) {
        browser.await("!document.querySelector('#login').hidden");
        browser.find("#login [name=user]").sendKeys(user);
        browser.find("#login [name=password]").sendKeys(password);
        browser.find("#login button").click();
        browser.await("document.querySelector('#state').textContent === 'online'");
        assertThat(browser.find("#me").getText()).isEqualTo(user);
    }

    private static void write(Browser browser, String to, String text) {
        browser.find("#send [name=to]").clear();
        browser.find("#send [name=to]").sendKeys(to);
        browser.find("#send [name=text]").sendKeys(text);
        browser.find("#send button").click();
    }

    private static void awaitMessages(Browser browser, String... texts) {
        browser.await("document.querySelectorAll('#messages li').length === " + texts.length);
        assertThat(browser.findAll("#messages li"))
                .extracting(item -> item.getText())
                .containsExactly(texts);
    }
}
