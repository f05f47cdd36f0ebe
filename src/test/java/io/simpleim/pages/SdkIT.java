package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Browser;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.FileServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.NetworkProxy;
import io.simpleim.testing.OwnedPort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** A partner's page at another origin uses the server's SDK, through failures of server and page. */
@Timeout(120)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class SdkIT {
    private static final String EVERYBODY_IS_ONLINE =
            "Object.values(im).every(({client}) => client.state === 'online')";
    private static final String NOTHING_WAITS = "Object.values(im).every(({client}) => client.outbox().length === 0)";

    @TempDir
    static Path folder;

    private static final OwnedPort PORT = OwnedPort.claim();
    private static FileServer site;
    private static ConfiguredServer server;
    private static Browser browser;

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        site = FileServer.start(Map.of("test", Path.of("src/test/js")));
        startServer();
        browser = Browser.start();
    }

    private static void startServer() throws Exception {
        String origin = site.base().toString().replaceAll("/$", "");
        server = ConfiguredServer.startAt(PORT, folder, Map.of("IM_WEB_ALLOWEDORIGINS", origin));
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
        site.close();
        PORT.close();
    }

    /** New users, and no stored state of earlier ones. */
    @BeforeEach
    void logIn() {
        ImClient client = new ImClient(server.base());
        for (String user : List.of("alice", "bob")) {
            ids.put(user, ImClient.anyUser());
            tokens.put(user, client.login(ids.get(user)));
        }
    }

    @Test
    void serverRestartLosesAndDuplicatesNothing() throws Exception {
        open("alice", "bob");
        browser.await(EVERYBODY_IS_ONLINE);
        browser.script("globalThis.n = 0; globalThis.timer = setInterval(() => {"
                + " im.alice.say('bob', 'a' + ++n); im.bob.say('alice', 'b' + n); }, 10)");
        browser.await("im.bob.told.seqs.length >= 10");
        server.close();
        browser.await("im.alice.client.state === 'waiting' && im.alice.client.outbox().length >= 5");
        startServer();
        browser.await(EVERYBODY_IS_ONLINE);
        browser.script("clearInterval(timer)");
        browser.await(NOTHING_WAITS);
        browser.await("im.alice.told.seqs.length === 2 * n && im.bob.told.seqs.length === 2 * n");

        long each = (Long) browser.script("return n");
        assertThat(told("alice", "seqs"))
                .isEqualTo(LongStream.rangeClosed(1, 2 * each).boxed().toList());
        assertThat(told("bob", "texts")).isEqualTo(told("alice", "texts"));
        List<String> ofAlice =
                LongStream.rangeClosed(1, each).mapToObj(i -> "alice: a" + i).toList();
        assertThat(told("bob", "texts")).containsSubsequence(ofAlice.toArray());
        assertThat(browser.script("return im.alice.told.gaps + im.bob.told.gaps"))
                .isEqualTo(0L);
    }

    @Test
    void queuedMessagesAreSentOnceAfterThePageWasReopened() throws Exception {
        open("alice", "bob");
        browser.await(EVERYBODY_IS_ONLINE);
        browser.async("await im.bob.say('alice', 'before')");
        browser.await("im.alice.told.seqs.length === 1");
        server.close();
        browser.await("im.alice.client.state === 'waiting'");
        browser.script("for (const text of ['1', '2', '3']) im.alice.say('bob', text)");
        browser.open(site.base());
        startServer();
        open("alice");
        browser.await(EVERYBODY_IS_ONLINE + " && " + NOTHING_WAITS + " && im.alice.told.seqs.length >= 3");

        assertThat(told("alice", "texts")).isEqualTo(List.of("alice: 1", "alice: 2", "alice: 3"));
    }

    @Test
    void lostNetworkIsNoticedAndQueuesStayWithTheirTab() throws Exception {
        try (NetworkProxy network = NetworkProxy.to(PORT.number())) {
            openAt(network.base(), "alice");
            browser.await(EVERYBODY_IS_ONLINE);
            String first = browser.driver().getWindowHandle();
            network.lose();
            browser.offline(true);
            browser.await("im.alice.client.state === 'waiting'");
            browser.script("im.alice.say('bob', '1'); im.alice.say('bob', '2')");
            network.restore();
            browser.driver().switchTo().newWindow(WindowType.TAB);
            openAt(network.base(), "alice");
            browser.await(EVERYBODY_IS_ONLINE);
            assertThat(browser.script("return im.alice.client.outbox().length")).isEqualTo(0L);
            String second = browser.driver().getWindowHandle();

            browser.driver().switchTo().window(first);
            assertThat(told("alice", "texts")).isEmpty();
            browser.offline(false);
            browser.await(EVERYBODY_IS_ONLINE + " && " + NOTHING_WAITS);
            assertThat(told("alice", "texts")).containsExactly("alice: 1", "alice: 2");
            browser.driver().switchTo().window(second);
            browser.await("im.alice.told.seqs.length === 2");
            browser.driver().close();
            browser.driver().switchTo().window(first);
        }
    }

    @Test
    void readmeExampleChats() throws Exception {
        String readme = Files.readString(Path.of("webapp/sdk/README.md"));
        String lines = readme.split("```html\n")[1].split("```")[0];
        assertThat(lines.lines()).hasSize(20);
        site.put(
                "/chat",
                "<!doctype html><meta charset=utf-8>" + lines.replace("https://chat.example/", server.base() + ""));
        ImUser alice = ImUser.loggedIn(new ImClient(server.base()), "alice");
        ImUser bob = ImUser.loggedIn(alice.client(), "bob");
        browser.open(site.base().resolve("chat"));
        browser.await("performance.getEntriesByName(new URL('/chat-token', location).href).length > 0");
        site.put("/chat-token", "{\"token\":\"" + alice.token() + "\"}");
        bob.write("alice", "你好");
        browser.await("document.querySelector('li')?.textContent === 'bob: 你好'");
        browser.find("#text").sendKeys("Hello Bob");
        browser.find("button").click();
        browser.await("document.querySelector('li + li')?.textContent === 'me: Hello Bob'");

        assertThat(bob.rooms().get(0).getAsJsonObject().get("LastMessageData").getAsString())
                .isEqualTo("Hello Bob");
    }

    @Test
    void sdkPageShowsItsStates() {
        browser.complaints();
        browser.resize(1100, 1500, false);
        browser.open(server.base().resolve("sdk/"));
        browser.await("document.querySelector('figure img').naturalWidth > 0");
        browser.screenshot("sdk");
        browser.resize(390, 844, true);
        browser.screenshot("sdk-narrow-dark");
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        // Other requests may come from another test's page.
        assertThat(browser.complaints())
                .noneMatch(complaint -> complaint.contains(server.base().toString()));
    }

    private void open(String... who) {
        openAt(server.base(), who);
    }

    /** Opens the page with the server's address for its users. */
    private void openAt(URI address, String... who) {
        browser.open(site.base());
        browser.async(
                "const { start } = await import('/test/partner.js'); await start(...args)",
                address.toString(),
                ids,
                List.of(who).stream().collect(Collectors.toMap(Function.identity(), tokens::get)));
    }

    @SuppressWarnings("unchecked")
    private List<Object> told(String user, String what) {
        return (List<Object>) browser.script("return im." + user + ".told." + what);
    }
}
