package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.simpleim.testing.Browser;
import io.simpleim.testing.Cable;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The chat page while there is no server, or no way to it. */
@Timeout(90)
@EnabledIf("io.simpleim.testing.Browser#isExpected")
class ChatOutageIT {
    private static final Map<String, String> SETTINGS = Map.of("IM_WEB_DEMO", "true");

    @TempDir
    Path folder;

    private final Cable cable = Cable.lay();
    private final Browser browser = Browser.start();
    private ConfiguredServer server;

    @BeforeEach
    void start() throws Exception {
        server = ConfiguredServer.start(folder, SETTINGS);
        cable.plugInto(server);
    }

    @AfterEach
    void stop() {
        browser.close();
        cable.close();
        server.close();
    }

    @Test
    void whatBothWriteWhileTheServerOrTheNetworkIsAwayIsThereOnceAfterwards() throws Exception {
        ChatTab alices = ChatTab.signedIn(browser, cable.base(), "alice");
        ChatTab bobs = ChatTab.signedIn(browser, cable.base(), "bob");
        bobs.begin("chat", "alice");
        bobs.write("before");
        alices.choose("bob");
        alices.awaitTexts("before");

        server.close();
        cable.unplug();
        alices.awaitState("waiting");
        assertThat(alices.find("#connection").getText()).contains("No connection");
        alices.write("from alice");
        alices.awaitStatus("queued");
        bobs.awaitState("waiting");
        bobs.write("from bob");
        bobs.write("and more");
        bobs.awaitStatus("queued");
        server = ConfiguredServer.start(folder, SETTINGS);
        cable.plugInto(server);

        bobs.find("#connection button").click();
        bobs.awaitStatus("stored");
        alices.awaitState("online");
        alices.await("document.querySelectorAll('#rows .text').length === 4");
        bobs.await("document.querySelectorAll('#rows .text').length === 4");
        assertThat(alices.texts()).isEqualTo(bobs.texts());
        assertThat(bobs.texts()).containsExactlyInAnyOrder("before", "from alice", "from bob", "and more");
        assertThat(bobs.texts()).isEqualTo(stored());

        cable.unplug();
        alices.awaitState("waiting");
        alices.write("offline");
        alices.awaitStatus("queued");
        cable.plugInto(server);
        alices.find("#connection button").click();
        alices.awaitStatus("stored");
        bobs.awaitState("online");
        bobs.await("document.querySelectorAll('#rows .text').length === 5");
        assertThat(bobs.texts()).isEqualTo(stored()).endsWith("offline");
    }

    /** The texts that the server has, oldest first. */
    private List<String> stored() {
        ImUser alice = ImUser.loggedIn(new ImClient(server.base()), "alice");
        String roomId = alice.rooms().get(0).getAsJsonObject().get("RoomId").getAsString();
        return StreamSupport.stream(alice.history(roomId, "after_seq", 0).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(item -> item.get("MessageData").getAsString())
                .toList();
    }
}
