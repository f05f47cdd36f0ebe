package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Screenshots of the chat page in {@code target/screenshots}, and its accessibility. */
@Timeout(120)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ChatLooksIT {
    private static final String SAME_TEXTS = """
            const names = (texts) => Object.entries(texts).flatMap(([name, text]) =>
              typeof text === "object" ? names(text).map((inner) => `${name}.${inner}`) : `${name} ${typeof text}`);
            const en = (await import("/demo/texts/en.js")).default;
            const zh = (await import("/demo/texts/zh.js")).default;
            return [names(en).sort().join(), names(zh).sort().join()];
            """;

    private final SoftAssertions all = new SoftAssertions();

    @Test
    void pageIsAccessibleInLightAndDarkAndOnAPhone() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(Map.of("IM_WEB_DEMO", "true"));
                Browser browser = Browser.start()) {
            ChatTab tab = ChatTab.open(browser, server.base(), "alice");
            lookAlsoOnAPhone(browser, "sign-in");
            tab.signIn();
            look(browser, "welcome");
            ImClient client = new ImClient(server.base());
            conversations(client);
            tab.awaitUnread("Harbour festival", 3);
            tab.choose("bob");
            tab.awaitUnread("bob", 0);
            lookAlsoOnAPhone(browser, "chat");
            tab.choose("Harbour festival");
            tab.find("#text").sendKeys("See you there");
            tab.awaitUnread("Harbour festival", 0);
            lookAlsoOnAPhone(browser, "room");
            tab.find("#members").click();
            tab.member("carol");
            lookAlsoOnAPhone(browser, "members");
            tab.find("#leave").click();
            look(browser, "confirm");
            tab.find("#confirm-dialog button").click();
            tab.find("#members-dialog [data-close]").click();
            tab.find("#new").click();
            tab.find("#new-submit").click();
            look(browser, "new");
            tab.find("#new-dialog [data-close]").click();
            assertThat(browser.complaints()).isEmpty();
            ImUser.loggedIn(client, "alice").post("u/user/end_sessions");
            tab.awaitState("stopped");
            look(browser, "stopped");
            all.assertAll();
        }
    }

    @Test
    void aBrowserThatPrefersChineseGetsChinese() {
        try (EmbeddedDeployment server = EmbeddedDeployment.start(Map.of("IM_WEB_DEMO", "true"));
                Browser browser = Browser.start("zh-CN")) {
            ChatTab tab = ChatTab.open(browser, server.base(), "alice");
            assertThat(browser.script("return document.documentElement.lang")).isEqualTo("zh-CN");
            assertThat(browser.find("h1").getText()).isEqualTo("登录 SimpleIM");
            tab.signIn();
            assertThat(browser.find("#state").getText()).isEqualTo("在线");
            browser.resize(1280, 800, false);
            browser.screenshot("chat-zh-welcome-desktop-light");
            ImUser.loggedIn(new ImClient(server.base()), "小明").write("alice", "你好，周末一起去海边吗？");
            tab.choose("小明");
            assertThat(browser.find(".day").getText()).isEqualTo("今天");
            look(browser, "zh-chat");
            browser.resize(390, 844, false);
            browser.screenshot("chat-zh-chat-phone-light");
            browser.resize(1280, 800, false);

            browser.find(".sidebar [data-language]").click();
            assertThat(browser.script("return document.documentElement.lang")).isEqualTo("en");
            assertThat(browser.find("#state").getText()).isEqualTo("Online");
            tab.await("document.querySelector('.day').textContent === 'Today'");

            List<?> texts = (List<?>) browser.async(SAME_TEXTS);
            assertThat(texts.get(0)).isEqualTo(texts.get(1));
            assertThat(browser.complaints()).isEmpty();
            all.assertAll();
        }
    }

    /** Opens a chat with bob, and a room of alice's with bob and carol. */
    private static void conversations(ImClient client) {
        ImUser alice = ImUser.loggedIn(client, "alice");
        ImUser bob = ImUser.loggedIn(client, "bob");
        ImUser carol = ImUser.loggedIn(client, "carol");
        bob.write("alice", "Hi Alice! The server is up: it took two commands.");
        alice.write("bob", "Nice. I am reading https://example.com/docs and it says <b>no build step</b>.");
        alice.write("bob", "Shall we show it to the others?\nThey meet at three.");
        bob.write("alice", "Yes, let us make a room for that.");
        String roomId = alice.post("rm/room/create_room", "name", "Harbour festival")
                .data()
                .get("roomId")
                .getAsString();
        bob.enter(roomId);
        carol.enter(roomId);
        alice.say(roomId, "Welcome! Who brings what?");
        bob.say(roomId, "I bring the boat.");
        bob.say(roomId, "And a very long rope: " + "rope".repeat(40));
        carol.say(roomId, "Then I bring the cake. It will be ready on Friday, if nobody eats it before.");
    }

    private void look(Browser browser, String name) {
        for (boolean dark : new boolean[] {false, true}) {
            String scheme = dark ? "dark" : "light";
            browser.resize(1280, 800, dark);
            browser.screenshot("chat-" + name + "-desktop-" + scheme);
            all.assertThat(Axe.violations(browser)).as(name + ", " + scheme).isEmpty();
        }
    }

    private void lookAlsoOnAPhone(Browser browser, String name) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.resize(390, 844, dark);
            browser.screenshot("chat-" + name + "-phone-" + (dark ? "dark" : "light"));
        }
        look(browser, name);
    }
}
