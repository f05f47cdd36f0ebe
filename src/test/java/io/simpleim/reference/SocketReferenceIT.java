package io.simpleim.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.StoredDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks {@code asyncapi.yaml} against a server, over real WebSockets. */
class SocketReferenceIT {
    private static final String NO_ROOM = "0".repeat(72);
    private static final String ROOM = SocketOperation.examples(named("read").frame())
            .get("ok")
            .getAsJsonObject()
            .get("room_id")
            .getAsString();
    /** Errors that depend on timing and are only checked against the schema. */
    private static final Set<String> OF_THE_MOMENT = Set.of("rate_limited", "unavailable", "internal_error");

    private static final String BANNED = "user_banned";
    private static final List<String> FRAME_ERRORS =
            ApiDocument.texts(ApiDocument.SOCKET.root().get("x-frame-errors"));

    private static EmbeddedDeployment server;
    private static ImClient client;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(Map.of("IM_LIMITS_OFFLINEPERROOM", "1"));
        client = new ImClient(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SocketOperation named(String id) {
        return SocketOperation.taken().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Stream<SocketOperation> operations() {
        return SocketOperation.taken().stream();
    }

    @Test
    void documentedWebSocketsAreExactlyTheServers() {
        Set<String> served = server.registeredPaths().stream()
                .filter(path -> client.get("", path.substring(1), Map.of()).status() == 426)
                .collect(Collectors.toSet());
        Set<String> documented = new HashSet<>();
        ApiDocument.SOCKET
                .at("channels")
                .entrySet()
                .forEach(channel -> documented.add(
                        channel.getValue().getAsJsonObject().get("address").getAsString()));

        assertThat(documented).isEqualTo(served).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void frameExampleIsAnsweredAsDocumented(SocketOperation operation) {
        boolean isSend = frame(operation).has("message");
        ExampleFixture fixture = isSend ? emptyFixture() : fixture();
        try (ImSocket socket = ImSocket.connect(
                server.base(), operation.path(), fixture.alice().token())) {
            JsonObject answer = ask(socket, fixture.resolve(frame(operation).toString()));

            Map<String, JsonElement> documented = SocketOperation.examples(operation.done());
            assertThat(SocketOperation.schema(operation.done()).faults(answer)).isEmpty();
            assertThat(AnswerNormalizer.normalize(fixture.toDocumented(answer)))
                    .isEqualTo(
                            AnswerNormalizer.normalize(documented.getOrDefault(operation.id(), documented.get("ok"))));
        }
    }

    @Test
    void syncReportsARestoredStore() {
        ExampleFixture fixture = fixture();
        JsonObject frame = frame(named("sync"));
        frame.getAsJsonObject("rooms").addProperty(ROOM, 9);
        try (ImSocket socket = fixture.alice().connectLiveOnly()) {
            JsonObject answer = ask(socket, fixture.resolve(frame.toString()));

            assertThat(answer.toString()).contains("\"reset\":true");
            assertThat(SocketOperation.schema(named("sync").done()).faults(answer))
                    .isEmpty();
        }
    }

    /** Every error that some frame can provoke is tried on each operation. */
    static Stream<Arguments> refusals() {
        Set<String> errors = operations()
                .flatMap(operation -> operation.errors().stream())
                .filter(error -> !OF_THE_MOMENT.contains(error) && !error.equals(BANNED))
                .collect(Collectors.toCollection(TreeSet::new));
        return operations().flatMap(operation -> errors.stream().map(error -> Arguments.of(operation, error)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void frameIsRefusedExactlyAsDocumented(SocketOperation operation, String error) {
        ExampleFixture fixture = fixture();
        ImUser caller = error.equals("not_in_room") ? fixture.carol() : fixture.alice();
        try (ImSocket socket = ImSocket.connect(server.base(), operation.path(), caller.token())) {
            JsonObject other = frame(operation);
            if (error.equals("conflict") && other.has("message")) {
                other.addProperty("message", "Something else");
                ask(socket, fixture.resolve(other.toString()));
            }
            JsonObject answer = ask(socket, fixture.resolve(spoiled(frame(operation), error)));

            if (operation.errors().contains(error)) {
                assertRefused(answer, error, operation.refused());
            } else if (answer.has("error")) {
                assertThat(FRAME_ERRORS).contains(answer.get("error").getAsString());
            } else {
                assertThat(SocketOperation.schema(operation.done()).faults(answer))
                        .isEmpty();
            }
        }
    }

    /** Changes a valid frame so that it fails with this error. */
    private static String spoiled(JsonObject frame, String error) {
        String first = frame.keySet().stream()
                .filter(name -> !name.equals("op"))
                .findFirst()
                .orElseThrow();
        switch (error) {
            case "missing_parameter" -> frame.remove(first);
            case "invalid_parameter" -> frame.addProperty(first, (String) null);
            case "room_not_found" -> frame.addProperty("room_id", NO_ROOM);
            case "malformed_frame" -> {
                return "[]";
            }
            case "not_in_room", "conflict" -> {
                // The frame itself is valid.
            }
            default -> throw new AssertionError("No test makes a frame fail with " + error);
        }
        return frame.toString();
    }

    @Test
    void bannedUserIsRefusedAsDocumented() {
        List<SocketOperation> refused = operations()
                .filter(operation -> operation.errors().contains(BANNED))
                .toList();
        ExampleFixture fixture = fixture();
        try (ImSocket socket = fixture.alice().connectLiveOnly();
                ImSocket sender = fixture.alice().roomSender();
                StoredDocuments stored = new StoredDocuments(server.mongoAddress())) {
            stored.set("user", "user_id", fixture.alice().id(), "user_status", -1);
            // The ban takes effect within five seconds.
            String typing = fixture.resolve(frame(named("typing")).toString());
            Awaitility.await().until(() -> ask(socket, typing).toString().contains(BANNED));

            for (SocketOperation operation : refused) {
                ImSocket own = operation.op().isEmpty() ? sender : socket;
                JsonObject answer = ask(own, fixture.resolve(frame(operation).toString()));
                assertRefused(answer, BANNED, operation.refused());
            }
        }
    }

    private static void assertRefused(JsonObject answer, String error, JsonObject message) {
        assertThat(answer.get("error").getAsString()).isEqualTo(error);
        assertThat(SocketOperation.schema(message).faults(answer)).isEmpty();
        assertThat(answer.has("parameter")).isEqualTo(error.endsWith("_parameter"));
        JsonElement documented = SocketOperation.examples(message).get(error);
        if (documented != null) {
            assertThat(answer).isEqualTo(documented);
        }
    }

    @Test
    void unknownOperationIsRefusedAsDocumented() {
        JsonObject refused = named("ping").refused();
        Map<String, String> frames =
                new HashMap<>(Map.of("malformed_frame", "[]", "unknown_op", "{\"op\":\"recall\",\"ref\":\"r1\"}"));
        try (ImSocket socket = fixture().alice().connectLiveOnly()) {
            for (String error : FRAME_ERRORS) {
                assertRefused(ask(socket, frames.remove(error)), error, refused);
            }
        }
        assertThat(frames).isEmpty();
    }

    /** Provokes every kind of push once and returns the frames as received. */
    @Test
    void pushesMatchTheDocumentationInBothDirections() {
        ExampleFixture fixture = new ExampleFixture(client);
        List<JsonObject> pushed = new ArrayList<>();
        String roomId = fixture.bind(ROOM, fixture.alice().roomWith());
        try (ImSocket socket = fixture.alice().listen()) {
            Function<String, JsonObject> next = event -> keep(Pushes.nextEvent(socket, event), pushed);
            fixture.alice().invite(roomId, fixture.bob().id());
            next.apply("member_joined");
            fixture.bob().say(roomId, "Hello room");
            pushed.add(Pushes.nextMessage(socket));
            try (ImSocket other = fixture.bob().connectLiveOnly()) {
                ask(other, "{\"op\":\"typing\",\"room_id\":\"" + roomId + "\"}");
                next.apply("typing");
                ask(other, "{\"op\":\"read\",\"room_id\":\"" + roomId + "\",\"seq\":1}");
                next.apply("read");
            }
            fixture.alice().post("rm/room/set_room_name", "room_id", roomId, "name", "Support");
            next.apply("room_updated");
            fixture.alice().kick(roomId, fixture.bob().id());
            next.apply("member_left");
            fixture.bob().enter(roomId);
            fixture.alice().exit(roomId);
            try (ImSocket other = fixture.bob().listen()) {
                fixture.bob().exit(roomId);
                pushed.add(Pushes.nextEvent(other, "room_dismissed"));
            }
            fixture.alice().post("u/user/login_out");
            next.apply("disconnect");
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
        pushed.add(gap());
        pushed.add(hostChange());

        Map<String, SocketOperation> documented = SocketOperation.pushed().stream()
                .collect(Collectors.toMap(SocketReferenceIT::kind, operation -> operation));
        Set<String> seen = new TreeSet<>();
        for (JsonObject frame : pushed) {
            SocketOperation operation = documented.get(kind(frame));
            assertThat(operation).as(frame.toString()).isNotNull();
            assertThat(SocketOperation.schema(operation.frame()).faults(frame)).isEmpty();
            seen.add(kind(frame));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(documented.keySet());
    }

    private static JsonObject keep(JsonObject frame, List<JsonObject> kept) {
        kept.add(frame);
        return frame;
    }

    /** Two messages are missed and one is pushed. */
    private static JsonObject gap() {
        ExampleFixture fixture = new ExampleFixture(client);
        String roomId = fixture.alice().roomWith(fixture.bob());
        fixture.alice().say(roomId, "one");
        fixture.alice().say(roomId, "two");
        try (ImSocket socket = fixture.bob().connect()) {
            return Pushes.nextEvent(socket, "gap");
        }
    }

    private static JsonObject hostChange() {
        ExampleFixture fixture = new ExampleFixture(client);
        String roomId = fixture.alice().roomWith(fixture.bob());
        try (ImSocket socket = fixture.bob().listen()) {
            fixture.alice().exit(roomId);
            return Pushes.nextEvent(socket, "room_updated");
        }
    }

    private static String kind(JsonObject frame) {
        return frame.has("event") ? frame.get("event").getAsString() : "message";
    }

    private static String kind(SocketOperation pushed) {
        JsonObject event = pushed.frame()
                .getAsJsonObject("payload")
                .getAsJsonObject("properties")
                .getAsJsonObject("event");
        return event == null ? "message" : event.get("const").getAsString();
    }

    /** A fixture with a room of Alice and Bob that has one message. */
    private static ExampleFixture fixture() {
        ExampleFixture fixture = emptyFixture();
        fixture.alice().say(fixture.resolve(ROOM), "Hello room");
        return fixture;
    }

    private static ExampleFixture emptyFixture() {
        ExampleFixture fixture = new ExampleFixture(client);
        fixture.bind(ROOM, fixture.alice().roomWith(fixture.bob()));
        return fixture;
    }

    private static JsonObject frame(SocketOperation operation) {
        JsonElement example = SocketOperation.examples(operation.frame()).get("ok");
        return JsonParser.parseString(example.toString()).getAsJsonObject();
    }

    /** Returns the answer and skips pushes before it. */
    private static JsonObject ask(ImSocket socket, String frame) {
        socket.send(frame);
        JsonObject answer = socket.next();
        while (!answer.has("op") && !answer.has("code")) {
            answer = socket.next();
        }
        return answer;
    }
}
