package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.simpleim.testing.Browser;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.NetworkProxy;
import io.simpleim.testing.OwnedPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The chat page without a server or network. */
@Timeout(90)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ChatOutageIT {
    private static final OwnedPort PORT = OwnedPort.claim();

    @TempDir
    private static Path folder;

    private static ConfiguredServer server;
    private static Browser browser;

    private final String alice = ImClient.anyUser();
    private final String bob = ImClient.anyUser();

    @BeforeAll
    static void start() throws Exception {
        startServer();
        browser = Browser.start();
    }

    private static void startServer() throws Exception {
        server = ConfiguredServer.startAt(PORT, folder, Map.of("IM_WEB_DEMO", "true"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
        PORT.close();
    }

    @Test
    void messagesWrittenDuringAnOutageArriveOnceAfterwards() throws Exception {
        ChatTab alices = ChatTab.signedIn(browser, server.base(), alice);
        ChatTab bobs = ChatTab.signedIn(browser, server.base(), bob);
        bobs.begin("chat", alice);
        bobs.write("before");
        alices.choose(bob);
        alices.awaitTexts("before");

        server.close();
        alices.awaitState("waiting");
        assertThat(alices.find("#connection").getText()).contains("No connection");
        alices.write("from alice");
        alices.awaitStatus("queued");
        bobs.awaitState("waiting");
        bobs.write("from bob");
        bobs.write("and more");
        bobs.awaitStatus("queued");
        browser.screenshot("chat-offline-desktop-light");
        startServer();

        bobs.awaitTextsOnceOnline(4);
        alices.awaitTextsOnceOnline(4);
        assertThat(bobs.texts())
                .startsWith("before")
                .containsExactlyInAnyOrder("before", "from alice", "from bob", "and more")
                .containsSubsequence("from bob", "and more")
                .isEqualTo(alices.texts())
                .isEqualTo(storedTexts());
        alices.awaitStatus("read");
        bobs.awaitStatus("read");
    }

    @Test
    void messagesWrittenOfflineAreSentOnce() throws Exception {
        ImUser.loggedIn(new ImClient(server.base()), bob).write(alice, "before");
        try (NetworkProxy network = NetworkProxy.to(PORT.number())) {
            ChatTab alices = ChatTab.signedIn(browser, network.base(), alice);
            alices.choose(bob);
            alices.awaitTexts("before");
            network.lose();
            browser.offline(true);
            alices.awaitState("waiting");
            alices.write("one");
            alices.write("two");
            alices.awaitTexts("before", "one", "two");
            alices.awaitStatus("queued");

            network.restore();
            browser.offline(false);
            alices.awaitStatus("stored");
            alices.awaitTexts("before", "one", "two");
            assertThat(storedTexts()).containsExactly("before", "one", "two");
        }
    }

    /** The texts in alice's only conversation on the server, oldest first. */
    private List<String> storedTexts() {
        ImUser user = ImUser.loggedIn(new ImClient(server.base()), alice);
        String roomId = user.rooms().get(0).getAsJsonObject().get("RoomId").getAsString();
        return StreamSupport.stream(user.history(roomId, "after_seq", 0).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(item -> item.get("MessageData").getAsString())
                .toList();
    }
}
