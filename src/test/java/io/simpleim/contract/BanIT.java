package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner bans a user directly in the store, without notifying the server. */
class BanIT {
    @TempDir
    private Path folder;

    @Test
    void userBannedWhileConnectedCannotSend() throws Exception {
        try (ConfiguredServer server = ConfiguredServer.start(folder, Map.of());
                MongoClient mongo = MongoClients.create(server.mongoAddress())) {
            ImUser user = ImUser.loggedIn(new ImClient(server.base()), ImClient.anyUser());
            String roomId = user.roomWith();
            try (ImSocket socket = ImSocket.listen(server.base(), user.token())) {
                assertThat(send(socket, roomId).get("code").getAsInt()).isEqualTo(200);

                mongo.getDatabase("simpleim")
                        .getCollection("user")
                        .updateOne(
                                new Document("user_id", user.id()),
                                new Document("$set", new Document("user_status", -1)));

                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> send(socket, roomId).toString().contains("user_banned"));
            }
        }
    }

    private static JsonObject send(ImSocket socket, String roomId) {
        socket.send("{\"op\":\"room_message\",\"room_id\":\"" + roomId + "\",\"message\":\"m\"}");
        return socket.next();
    }
}
