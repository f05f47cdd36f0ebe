package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cursors survive a restart of the server on the same data. */
class CursorRestartIT {
    @TempDir
    Path folder;

    @Test
    void cursorsSurviveARestart() throws Exception {
        ImUser host;
        ImUser acking;
        ImUser silent;
        String roomId;
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of())) {
            ImClient client = new ImClient(server.base());
            host = ImUser.loggedIn(client, "host");
            acking = ImUser.loggedIn(client, "acking");
            silent = ImUser.loggedIn(client, "silent");
            roomId = host.roomWith(acking, silent);
            host.sayMany(roomId, 1, 4);
            try (ImSocket socket = silent.connect();
                    ImSocket speaking = acking.connectLiveOnly()) {
                assertThat(Pushes.nextSeqs(socket, 4)).containsExactly(1L, 2L, 3L, 4L);
                // The answer shows that the server has recorded the earlier writes.
                Pushes.ask(socket, "op", "ping");
                Pushes.ask(speaking, "op", "read", "room_id", roomId, "seq", 1);
                Pushes.ask(speaking, "op", "ack", "room_id", roomId, "seq", 2);
            }
        }
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of())) {
            ImClient client = new ImClient(server.base());
            host = new ImUser(client, host.id(), host.token());
            JsonObject item = new ImUser(client, acking.id(), acking.token())
                    .rooms()
                    .get(0)
                    .getAsJsonObject();
            assertThat(item.get("ReadSeq").getAsLong()).isEqualTo(1);
            assertThat(item.get("Unread").getAsLong()).isEqualTo(3);
            host.say(roomId, "after the restart");
            try (ImSocket one = new ImUser(client, silent.id(), silent.token()).connect();
                    ImSocket other = new ImUser(client, acking.id(), acking.token()).connect()) {
                assertThat(Pushes.nextSeqs(one, 1)).containsExactly(5L);
                assertThat(Pushes.nextSeqs(other, 3)).containsExactly(3L, 4L, 5L);
            }
        }
    }
}
