package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What people do and see on the chat page. */
@Timeout(60)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ChatPageIT {
    /** Records changes of the tab's title and visibility, readable from other tabs. */
    private static final String LOG_TITLES = """
            const seen = [];
            const log = (what) => {
              if (seen.at(-1) !== what) {
                seen.push(what);
                localStorage.seen = seen.join("|");
              }
            };
            document.addEventListener("visibilitychange", () => log(document.visibilityState));
            new MutationObserver(() => log(document.title)).observe(document.querySelector("title"), { childList: true });
            """;

    /** More than one page of the server's list. */
    private static final int CONVERSATIONS = 130;

    private static EmbeddedDeployment server;
    private static Browser browser;
    private static ImClient client;

    private final String alice = ImClient.anyUser();
    private final String bob = ImClient.anyUser();

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(Map.of("IM_WEB_DEMO", "true"));
        client = new ImClient(server.base());
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @AfterEach
    void assertNoConsoleErrors() {
        List<String> complaints = browser.complaints();
        ChatTab.closeAll(browser);
        assertThat(complaints).isEmpty();
    }

    private ChatTab tabOf(String userId) {
        ChatTab tab = ChatTab.signedIn(browser, server.base(), userId);
        browser.resize(1280, 800, false);
        return tab;
    }

    @Test
    void usersInTwoTabsChatAndSeeUnreadAndReadStates() {
        ChatTab alices = tabOf(alice);
        ChatTab bobs = tabOf(bob);
        bobs.begin("chat", alice);
        bobs.write("one");
        bobs.write("two");
        bobs.awaitTexts("one", "two");
        bobs.awaitStatus("stored");

        alices.awaitUnread(bob, 2);
        alices.await("document.title === '(1) " + alice + " · SimpleIM'");
        alices.choose(bob);
        alices.awaitTexts("one", "two");
        alices.awaitUnread(bob, 0);
        alices.await("document.title === '" + alice + " · SimpleIM'");
        bobs.awaitStatus("read");

        alices.write("three");
        alices.awaitTexts("one", "two", "three");
        bobs.awaitTexts("one", "two", "three");
        alices.awaitStatus("read");
    }

    @Test
    void aMessageIsNotReadWhileItsTabIsHidden() {
        ImUser sender = ImUser.loggedIn(client, bob);
        sender.write(alice, "before");
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        alices.awaitTexts("before");
        alices.awaitUnread(bob, 0);
        browser.script(LOG_TITLES);

        ChatTab other = ChatTab.open(browser, server.base(), "somebody");
        sender.write(alice, "while away");
        // Reads the hidden tab's state from the other tab, since any call to a tab brings it to the front.
        other.await("(localStorage.seen ?? '').includes('(1)')");
        ImUser reader = ImUser.loggedIn(client, alice);
        assertThat(reader.rooms().get(0).getAsJsonObject().get("Unread").getAsInt())
                .isEqualTo(1);

        alices.awaitTexts("before", "while away");
        alices.awaitUnread(bob, 0);
        String one = "(1) " + alice + " · SimpleIM";
        alices.await("localStorage.seen.endsWith('hidden|" + one + "|visible|" + alice + " · SimpleIM')");
        browser.script("localStorage.removeItem('seen')");
    }

    @Test
    void typingShowsInTheConversationAndTheList() {
        ImUser.loggedIn(client, bob).write(alice, "hello");
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        ChatTab bobs = tabOf(bob);
        bobs.choose(alice);
        bobs.find("#text").sendKeys("I am");

        String typing = "=== '" + bob + " is typing…'";
        alices.await("document.querySelector('#room-subtitle').textContent " + typing);
        alices.await("document.querySelector('.preview').textContent " + typing);
    }

    @Test
    void roomsAreCreatedEnteredLeftAndManagedByTheirHost() {
        String carol = ImClient.anyUser();
        ImUser.loggedIn(client, carol);
        ChatTab bobs = tabOf(bob);
        ChatTab alices = tabOf(alice);
        alices.begin("create", "Harbour");
        alices.awaitTitle("Harbour");
        alices.find("#members").click();
        alices.find("#invite-user").sendKeys(carol, Keys.ENTER);
        alices.member(carol);
        assertThat(alices.member(alice).getText()).contains("Host");
        String roomId = alices.find("#room-id").getText();
        alices.find("#members-dialog [data-close]").click();

        bobs.begin("enter", roomId);
        bobs.awaitTitle("Harbour");
        bobs.write("may I?");
        bobs.find("#members").click();
        bobs.await("document.querySelector('#invite').hidden");
        assertThat(bobs.member(alice).findElements(By.cssSelector("button"))).isEmpty();
        bobs.find("#members-dialog [data-close]").click();

        alices.awaitTexts("may I?");
        alices.find("#members").click();
        alices.kick(carol);
        alices.await("document.querySelectorAll('#member-list li').length === 2");
        alices.kick(bob);
        alices.await("document.querySelectorAll('#member-list li').length === 1");
        alices.find("#members-dialog [data-close]").click();
        assertThat(alices.notices())
                .containsExactly("You added " + carol, bob + " joined", "You removed " + carol, "You removed " + bob);

        bobs.await("document.querySelectorAll('.conversation').length === 0");
        bobs.await("[...document.querySelectorAll('.notice')].at(-1).textContent === '" + alice
                + " removed you from this room'");
        assertThat(bobs.find("#composer").isDisplayed()).isFalse();

        alices.find("#members").click();
        alices.find("#leave").click();
        alices.find("#confirm-yes").click();
        alices.await("document.querySelectorAll('.conversation').length === 0");
        alices.await("!document.querySelector('#welcome').hidden");
    }

    @Test
    void linksLeadToExistingPages() {
        ChatTab alices = tabOf(alice);
        alices.find("#welcome");
        assertThat((List<?>) browser.async(
                        "const links = [...new Set([...document.querySelectorAll('a')].map(a => a.href))];"
                                + "const answers = await Promise.all(links.map(link => fetch(link)));"
                                + "return answers.map(answer => new URL(answer.url).pathname + answer.status)"))
                .map(Object::toString)
                .containsExactlyInAnyOrder("/sdk/200", "/docs/200", "/200");
    }

    @Test
    void listLoadsMoreOnScroll() {
        ImUser sender = ImUser.loggedIn(client, alice);
        for (int i = 0; i < CONVERSATIONS; i++) {
            sender.write(alice + i, "hello");
        }
        ChatTab alices = tabOf(alice);
        alices.await("document.querySelectorAll('.conversation').length >= 100");
        browser.await("(list => { list.scrollTop = list.scrollHeight;"
                + " return document.querySelectorAll('.conversation').length === " + CONVERSATIONS
                + "; })(document.querySelector('#list'))");
        assertThat(alices.find("#list .more").isDisplayed()).isFalse();
    }

    @Test
    void messagesAreShownAsPlainTextAndOnlyWebAddressesAreLinks() {
        String html = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>";
        ImUser sender = ImUser.loggedIn(client, bob);
        sender.write(alice, html);
        sender.write(alice, "see https://example.com/a?b=1, or javascript:alert(1)");
        sender.write(alice, "x".repeat(3000));
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        alices.await("document.querySelectorAll('.row').length === 3");

        assertThat(alices.texts()).startsWith(html);
        assertThat(browser.script("return window.ran")).isNull();
        assertThat(browser.script("return [...document.querySelectorAll('#rows a')].map(a => a.href + ' ' + a.rel)"))
                .isEqualTo(List.of("https://example.com/a?b=1 noopener noreferrer nofollow"));
        assertThat(
                        browser.script(
                                "const box = document.querySelector('#scroller');"
                                        + "return box.scrollWidth <= box.clientWidth && document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void rightToLeftTextIsShownRightToLeft() {
        ImUser.loggedIn(client, bob).write(alice, "שלום עולם!");
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        alices.await("document.querySelector('.row .text')?.matches(':dir(rtl)')");
        assertThat(browser.script("return document.querySelector('.preview bdi').matches(':dir(rtl)')"))
                .isEqualTo(true);
    }

    @Test
    void brokenOrUnknownDeepLinkOpensNothing() {
        ImUser.loggedIn(client, bob).write(alice, "hello");
        ChatTab alices = tabOf(alice);
        for (String hash : List.of("user:", "user:" + alice, "%E0%A4%A")) {
            browser.script("location.hash = arguments[0]", hash);
            if (!hash.startsWith("%")) {
                alices.await("document.querySelector('#toast').textContent !== ''");
                browser.script("document.querySelector('#toast').textContent = ''");
            }
            browser.driver().navigate().refresh();
            alices.awaitState("online");
            alices.await(
                    "document.querySelector('#room').hidden && document.querySelectorAll('.conversation').length === 1");
        }
    }

    @Test
    void largeRoomMembersAreNotFetchedPerMessage() {
        ImUser host = ImUser.loggedIn(client, bob);
        String roomId = host.post("rm/room/create_room").data().get("roomId").getAsString();
        for (int i = 0; i < 101; i++) {
            host.invite(roomId, registered(i == 0 ? alice : ImClient.anyUser()));
        }
        host.post("rm/room/room_message", "room_id", roomId, "message", "0");
        ChatTab alices = tabOf(alice);
        alices.await("document.querySelector('.conversation')");
        alices.find(".conversation").click();
        alices.await("document.querySelectorAll('.row .text').length === 1");
        alices.find("#members").click();
        alices.await("document.querySelectorAll('#member-list li').length === 100");
        String asked = "return performance.getEntriesByType('resource')"
                + ".filter(({ name }) => name.includes('get_room_member_list')).length";
        Object before = browser.script(asked);
        for (int i = 1; i <= 5; i++) {
            host.post("rm/room/room_message", "room_id", roomId, "message", "" + i);
            alices.await("document.querySelectorAll('.row .text').length === " + (i + 1));
        }
        assertThat(browser.script(asked)).isEqualTo(before);

        host.invite(roomId, registered(ImClient.anyUser()));
        alices.await("document.querySelector('#members-count').textContent.startsWith('103')");
        browser.find("#members-dialog [data-close]").click();
        alices.write("mine");
        alices.awaitStatus("stored");
        host.post("rm/room/room_message", "room_id", roomId, "message", "seen");
        alices.await("document.querySelector('.own .status').title === 'Read by 1 of 102'");
    }

    private static String registered(String userId) {
        client.login(userId);
        return userId;
    }

    @Test
    void pageIsUsableByKeyboardAlone() {
        ImUser.loggedIn(client, bob).write(alice, "are you there?");
        ChatTab alices = ChatTab.open(browser, server.base(), alice);
        press(Keys.ENTER);
        alices.awaitState("online");
        alices.awaitUnread(bob, 1);

        tabTo("document.activeElement.matches('.conversation')");
        press(Keys.ENTER);
        alices.await("document.activeElement.id === 'text'");
        press("I am");
        press(Keys.chord(Keys.SHIFT, Keys.ENTER));
        press("here", Keys.ENTER);
        alices.awaitTexts("are you there?", "I am\\nhere");
        press(Keys.ESCAPE);
        alices.await("document.querySelector('#room').hidden");
        alices.await("document.activeElement.matches('.conversation')");

        tabBackTo("document.activeElement.id === 'new'");
        press(Keys.ENTER);
        alices.await("document.activeElement.id === 'new-value'");
        press(Keys.ESCAPE);
        alices.await("!document.querySelector('#new-dialog').open && document.activeElement.id === 'new'");
    }

    private static void press(CharSequence... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }

    private static void tabTo(String condition) {
        tab(condition, Keys.TAB);
    }

    private static void tabBackTo(String condition) {
        tab(condition, Keys.chord(Keys.SHIFT, Keys.TAB));
    }

    private static void tab(String condition, CharSequence key) {
        for (int i = 0; i < 12 && !Boolean.TRUE.equals(browser.script("return " + condition)); i++) {
            press(key);
        }
        assertThat(browser.script("return " + condition)).isEqualTo(true);
    }

    @Test
    void onAPhoneListAndConversationAreTwoScreens() {
        ImUser.loggedIn(client, bob).write(alice, "hello");
        ChatTab alices = ChatTab.open(browser, server.base(), alice);
        browser.resize(390, 844, false);
        alices.signIn();
        alices.awaitUnread(bob, 1);
        assertThat(alices.find(".pane").isDisplayed()).isFalse();

        alices.choose(bob);
        assertThat(alices.find("#list").isDisplayed()).isFalse();
        assertThat(alices.find("#text").isDisplayed()).isTrue();

        alices.find("#back").click();
        alices.await("document.querySelector('#room').hidden");
        assertThat(alices.find("#list").isDisplayed()).isTrue();

        alices.choose(bob);
        browser.driver().navigate().back();
        alices.await("document.querySelector('#room').hidden");
        assertThat(alices.find(".conversation").isDisplayed()).isTrue();
    }

    @Test
    void refusedMessageCanBeRetriedOrDiscarded() {
        ImUser.loggedIn(client, bob).write(alice, "hello");
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        browser.script("const text = document.querySelector('#text'); text.value = 'long '.repeat(5000);"
                + "text.dispatchEvent(new Event('input'))");
        alices.find("#text").sendKeys(Keys.ENTER);
        alices.awaitStatus("failed");

        alices.find(".failure button").click();
        alices.awaitStatus("failed");
        alices.find(".failure button:last-child").click();
        alices.awaitTexts("hello");
        alices.write("short");
        alices.awaitStatus("stored");
    }

    @Test
    void tabKeepsUserAndDraftsUntilSignOut() {
        ImUser.loggedIn(client, bob).write(alice, "hello");
        ChatTab alices = tabOf(alice);
        alices.choose(bob);
        alices.find("#text").sendKeys("not yet");
        browser.driver().navigate().refresh();
        alices.awaitState("online");
        alices.awaitTitle(bob);
        assertThat(alices.find("#text").getDomProperty("value")).isEqualTo("not yet");
        alices.find("#text").sendKeys(Keys.ESCAPE);
        alices.await("document.querySelector('.preview').textContent === 'Draft: not yet'");

        ChatTab.open(browser, server.base(), bob).find("#user-id");
        alices.find("#sign-out").click();
        alices.await("document.querySelector('#sign-in') && !document.querySelector('#sign-in').hidden");
        assertThat((List<?>) browser.script(
                        "return [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(name => name.includes('"
                                + alice + "'))"))
                .isEmpty();
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
    }

    @Test
    void remoteSignOutIsShown() {
        ChatTab alices = tabOf(alice);
        ImUser.loggedIn(client, alice).post("u/user/end_sessions");
        alices.awaitState("stopped");
        assertThat(alices.find("#connection").getText()).contains("signed out elsewhere");
        alices.find("#connection button").click();
        alices.await("document.querySelector('#sign-in') && !document.querySelector('#sign-in').hidden");
    }

    @Test
    void tokenCanBePastedWhereOnlyABackEndGetsTokens() {
        Map<String, String> settings =
                Map.of("IM_WEB_DEMO", "true", "IM_PARTNER_KEYS", "shop:a-partner-secret-of-32-characters");
        try (EmbeddedDeployment closed = EmbeddedDeployment.start(settings)) {
            ChatTab alices = ChatTab.open(browser, closed.base(), alice);
            alices.find("#sign-in .primary").click();
            alices.await("document.querySelector('#sign-in-error').textContent.includes('X-Partner-Key')");
            assertThat(Axe.violations(browser)).isEmpty();
            browser.resize(1280, 900, false);
            browser.screenshot("chat-partner-key-desktop-light");
            ImClient backEnd = new ImClient(closed.base());
            String token = backEnd.send(backEnd.request("user/get_login_token")
                            .header("X-Partner-Key", "a-partner-secret-of-32-characters")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("user_id=" + alice)))
                    .data()
                    .get("token")
                    .getAsString();
            alices.find("#token").sendKeys(token);
            alices.find("#paste-token button").click();
            alices.awaitState("online");
            assertThat(alices.find("#me").getText()).isEqualTo(alice);
            ChatTab.closeAll(browser);
        }
    }
}
