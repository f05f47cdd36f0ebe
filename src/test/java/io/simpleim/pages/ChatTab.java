package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** A browser tab with the chat page and its user. Each call brings the tab to the front. */
final class ChatTab {
    private final Browser browser;
    private final String handle;

    private ChatTab(Browser browser, String handle) {
        this.browser = browser;
        this.handle = handle;
    }

    /** Opens the sign-in page with the user's id filled in. */
    static ChatTab open(Browser browser, URI base, String userId) {
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(base.resolve("?user=" + userId));
        return new ChatTab(browser, browser.driver().getWindowHandle());
    }

    static ChatTab signedIn(Browser browser, URI base, String userId) {
        ChatTab tab = open(browser, base, userId);
        tab.signIn();
        return tab;
    }

    Browser browser() {
        browser.driver().switchTo().window(handle);
        return browser;
    }

    void signIn() {
        browser().find("#sign-in .primary").click();
        awaitState("online");
    }

    void awaitState(String state) {
        browser().await("document.querySelector('#app').dataset.state === '" + state + "'");
    }

    /** Uses the dialog: {@code chat} with a user, {@code create} a room with a name, {@code enter} a room by id. */
    void begin(String kind, String value) {
        browser().find("#new").click();
        browser.find("[name=kind][value=" + kind + "]").click();
        browser.find("#new-value").sendKeys(value, Keys.ENTER);
        browser.await("!document.querySelector('#new-dialog').open && !document.querySelector('#room').hidden");
    }

    /** Opens a conversation of the list and waits for it. */
    void choose(String title) {
        browser().await(conversation(title));
        ((WebElement) browser.script("return " + conversation(title))).click();
        awaitTitle(title);
    }

    void awaitTitle(String title) {
        browser().await("document.querySelector('#room-title').textContent === '" + title + "'");
    }

    /** Waits until a conversation's unread count has this value; 0 means none. */
    void awaitUnread(String title, int count) {
        String badge = conversation(title) + "?.querySelector('.badge')?.firstChild.data";
        browser().await(count == 0 ? conversation(title) + " && !(" + badge + ")" : badge + " === '" + count + "'");
    }

    private static String conversation(String title) {
        return "[...document.querySelectorAll('.conversation')]"
                + ".find(node => node.querySelector('.title').textContent === '" + title + "')";
    }

    void write(String text) {
        browser().find("#text").sendKeys(text, Keys.ENTER);
    }

    /** The texts of the messages in the page, oldest first. */
    List<String> texts() {
        return browser().texts("#rows .text");
    }

    /** Waits until the messages in the page are these. */
    void awaitTexts(String... texts) {
        try {
            browser()
                    .await("[...document.querySelectorAll('#rows .text')].map(node => node.textContent).join('|') === '"
                            + String.join("|", texts) + "'");
        } catch (org.openqa.selenium.TimeoutException e) {
            assertThat(texts()).containsExactly(texts);
        }
    }

    /** Reconnects at once, then waits for this number of messages, all stored. */
    void awaitTextsOnceOnline(int count) {
        browser()
                .script("if (document.querySelector('#app').dataset.state === 'waiting') {"
                        + " document.querySelector('#connection button').click(); }");
        awaitState("online");
        browser.await("document.querySelectorAll('#rows .text').length === " + count
                + " && !document.querySelector('.queued, .sending, .failed')");
    }

    /** Waits until the last own message has this status: queued, sending, stored, some, read or failed. */
    void awaitStatus(String status) {
        browser().await("[...document.querySelectorAll('.own .status')].at(-1)?.classList.contains('" + status + "')");
    }

    void await(String expression) {
        browser().await(expression);
    }

    WebElement find(String selector) {
        return browser().find(selector);
    }

    List<String> notices() {
        return browser().findAll(".notice").stream().map(WebElement::getText).toList();
    }

    WebElement member(String userId) {
        browser().await("document.querySelector('#member-list [data-key=\"" + userId + "\"]')");
        return browser.find("#member-list [data-key=\"" + userId + "\"]");
    }

    void kick(String userId) {
        member(userId).findElement(By.cssSelector("button")).click();
    }

    /** Closes all tabs but the browser's first one and brings that to the front. */
    static void closeAll(Browser browser) {
        List<String> handles = List.copyOf(browser.driver().getWindowHandles());
        for (String handle : handles.subList(1, handles.size())) {
            browser.driver().switchTo().window(handle).close();
        }
        browser.driver().switchTo().window(handles.get(0));
    }
}
