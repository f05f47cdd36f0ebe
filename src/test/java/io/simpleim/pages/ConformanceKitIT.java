package io.simpleim.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.simpleim.api.ApiError;
import io.simpleim.api.Envelope;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Language;
import io.simpleim.api.RequestRejected;
import io.simpleim.testing.Answer;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.NodeJs;
import io.simpleim.testing.Pushes;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The conformance kit's server frames have the same members and types as the real server's. */
@Timeout(60)
@EnabledIf("io.simpleim.testing.NodeJs#isExpected")
class ConformanceKitIT {
    private static final Path KIT = Path.of("src/site/conformance");

    /** Members whose values are compared too. */
    private static final Set<String> WORDS = Set.of("op", "code", "msg", "error", "event");

    private static final Set<String> NUMBERS =
            Set.of("ref", "seq", "last_seq", "complete", "reset", "LastSeq", "Unread");

    /** A vector in which seven messages wait for the client. */
    private static final String SEVEN_WAIT = "history";

    @RegisterExtension
    static final DeploymentExtension server = new DeploymentExtension(EmbeddedDeployment::start);

    @Test
    void playerAnswersLikeTheServer() throws Exception {
        try (NodeJs player = NodeJs.start(KIT.resolve("play.mjs").toString(), "--port", "0")) {
            URI played = URI.create(player.line().replace("Ready at ", ""));
            ImClient control = new ImClient(played);
            control.postJson("", "conformance/begin", Map.of("vector", SEVEN_WAIT));
            String token = control.postJson("", "conformance/token", Map.of())
                    .json()
                    .get("token")
                    .getAsString();

            assertThat(talk(new ImUser(control, "alice", token))).isEqualTo(talk(withSevenMessages()));
        }
    }

    private static ImUser withSevenMessages() {
        ImClient client = new ImClient(server.deployment().base());
        ImUser bob = ImUser.loggedIn(client, "bob");
        IntStream.rangeClosed(1, 7).forEach(i -> bob.write("alice", "" + i));
        return ImUser.loggedIn(client, "alice");
    }

    /**
     * Requests everything that the player answers by itself.
     *
     * @return the shapes of the answers
     */
    private static List<String> talk(ImUser alice) {
        List<String> heard = new ArrayList<>();
        String roomId = alice.rooms().get(0).getAsJsonObject().get("RoomId").getAsString();
        try (ImSocket socket = alice.connectLiveOnly()) {
            for (String frame : List.of(
                    "{'op':'ping','ref':'1'}",
                    "{'op':'sync','ref':2,'rooms':{}}",
                    "{'op':'sync','rooms':{},'limit':3}",
                    "{'op':'sync','rooms':{'ROOM':5}}",
                    "{'op':'sync','rooms':{'ROOM':7}}",
                    "{'op':'sync','rooms':{'ROOM':9}}",
                    "{'op':'ack','room_id':'ROOM','seq':2}",
                    "{'op':'typing','room_id':'ROOM'}",
                    "{'op':'read','room_id':'ROOM','seq':3}",
                    "{'op':'nonesuch'}")) {
                socket.send(frame.replace('\'', '"').replace("ROOM", roomId));
                heard.add(shapeWithNumbers(socket.next()));
            }
        }
        heard.add(shapeWithNumbers(alice.rooms()));
        heard.add(shapeWithNumbers(alice.history(roomId)));
        heard.add(shapeWithNumbers(alice.history(roomId, "before_seq", 4, "page_size", 2)));
        heard.add(shapeWithNumbers(alice.history(roomId, "after_seq", 4, "page_size", 2)));
        heard.add(shapeWithNumbers(alice.get("u/user/get_session_list").json()));
        Answer refused = new ImUser(alice.client(), "alice", alice.token() + "x").get("u/user/get_session_list");
        heard.add(refused.status() + " " + refused.json().keySet());
        heard.add(handshakeWithoutToken(alice));
        return heard;
    }

    private static String handshakeWithoutToken(ImUser user) {
        try {
            ImSocket.connect(user.client().base(), "u/user/connect", "none").close();
            return "open";
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode() + "";
        }
    }

    @Test
    void vectorFramesMatchTheServers() throws Exception {
        Map<String, String> real = realFrames();
        for (JsonObject step : steps()) {
            for (String kind : List.of("push", "store", "answer")) {
                if (step.has(kind)) {
                    JsonObject frame = step.getAsJsonObject(kind);
                    String name = kind.equals("answer") ? answerName(frame) : pushName(frame);
                    if (real.containsKey(name)) {
                        assertThat(shape(known(frame))).as(frame.toString()).isEqualTo(real.get(name));
                    } else {
                        assertThat(frame.toString()).contains("of_a_later_version");
                    }
                }
            }
        }
    }

    /** The shape of each kind of frame that the server sends. */
    private static Map<String, String> realFrames() {
        Map<String, String> real = new HashMap<>();
        ImClient client = new ImClient(server.deployment().base());
        ImUser anne = ImUser.loggedIn(client, "anne");
        ImUser bob = ImUser.loggedIn(client, "bob");
        try (ImSocket socket = anne.listen();
                ImSocket sender = bob.listen()) {
            JsonObject answer = Pushes.ask(sender, "op", "single_message", "to_user_id", "anne", "message", "1");
            answer.remove("op");
            answer.remove("ref");
            real.put("answer", shape(answer));
            JsonObject push = Pushes.nextMessage(socket);
            real.put("message", shape(push));
            Pushes.ask(sender, "op", "typing", "room_id", push.get("room_id").getAsString());
            real.put("typing", shape(Pushes.nextEvent(socket, "typing")));
            anne.post("u/user/login_out");
            real.put("disconnect", shape(Pushes.nextEvent(socket, "disconnect")));
        }
        for (ApiError error : ApiError.values()) {
            RequestRejected refused = RequestRejected.forNow(error, isForNow(error) ? 1 : 0);
            Map<String, Object> envelope = Envelope.failure(Language.CHINESE, ErrorMapper.map(refused, "any"));
            real.put(error.wireName(), shape(new Gson().toJsonTree(envelope)));
        }
        return real;
    }

    private static boolean isForNow(ApiError error) {
        return error == ApiError.UNAVAILABLE || error == ApiError.RATE_LIMITED;
    }

    private static String answerName(JsonObject envelope) {
        return envelope.has("error") ? envelope.get("error").getAsString() : "answer";
    }

    private static String pushName(JsonObject push) {
        return push.has("event") ? push.get("event").getAsString() : push.has("seq") ? "message" : "";
    }

    /** Removes members that only the vectors with unknown members have. */
    private static JsonObject known(JsonObject frame) {
        JsonObject known = frame.deepCopy();
        known.remove("of_a_later_version");
        return known;
    }

    private static List<JsonObject> steps() throws IOException {
        List<JsonObject> steps = new ArrayList<>();
        try (Stream<Path> files = Files.list(KIT.resolve("vectors"))) {
            for (Path file : files.sorted().toList()) {
                JsonObject vector =
                        JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                vector.getAsJsonArray("steps").forEach(step -> steps.add(step.getAsJsonObject()));
            }
        }
        return steps;
    }

    private static String shape(JsonElement value) {
        return shape("", value, false).toString();
    }

    private static String shapeWithNumbers(JsonElement value) {
        return shape("", value, true).toString();
    }

    /** Replaces values by their types, in a fixed order, except for words that programs depend on. */
    private static JsonElement shape(String name, JsonElement value, boolean withNumbers) {
        if (value instanceof JsonObject object) {
            JsonObject shape = new JsonObject();
            object.keySet().stream().sorted().forEach(key -> shape.add(key, shape(key, object.get(key), withNumbers)));
            return shape;
        }
        if (value instanceof JsonArray array) {
            JsonArray shapes = new JsonArray();
            array.forEach(item -> shapes.add(shape(name, item, withNumbers)));
            return shapes;
        }
        if (value instanceof JsonNull || WORDS.contains(name) || (withNumbers && NUMBERS.contains(name))) {
            return value;
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        return new JsonPrimitive(primitive.isString() ? "text" : primitive.isNumber() ? "number" : "boolean");
    }
}
