package io.simpleim.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.BodyForm;
import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.RawHttp;
import io.simpleim.testing.StoredDocuments;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks {@code openapi.yaml} against a server, in both directions. */
class RestReferenceIT {
    static final Map<String, String> SMALL_LIMITS =
            Map.of("IM_LIMITS_MEMBERSPERROOM", "3", "IM_LIMITS_ROOMSPERUSER", "3");

    private static final String KEY = "a-key-of-the-shop-0123456789-0123456789";
    private static final String ELSEWHERE = "203.0.113.9";

    private static EmbeddedDeployment server;
    private static ImClient client;
    private static StoredDocuments stored;

    @BeforeAll
    static void start() {
        server = EmbeddedDeployment.start(SMALL_LIMITS);
        client = new ImClient(server.base());
        stored = new StoredDocuments(server.mongoAddress());
    }

    @AfterAll
    static void stop() {
        stored.close();
        server.close();
    }

    static Stream<RestCall> calls() {
        return RestCall.all().stream().filter(call -> !call.isHandshake());
    }

    static Stream<RestCall> handshakes() {
        return RestCall.all().stream().filter(RestCall::isHandshake);
    }

    @Test
    void documentedPathsAndMethodsAreExactlyTheServers() {
        Set<String> served = new TreeSet<>();
        for (String path : server.registeredPaths()) {
            Answer asked = client.send(client.request(path.substring(1)).method("OPTIONS", BodyPublishers.noBody()));
            Arrays.stream(asked.header("Allow").split(", "))
                    // The introduction documents HEAD for every GET.
                    .filter(method -> !method.equals("HEAD"))
                    .forEach(method -> served.add(method.toLowerCase(Locale.ROOT) + " " + path));
        }
        Set<String> documented = new TreeSet<>();
        RestCall.all().forEach(call -> documented.add(call.toString()));

        assertThat(documented).isEqualTo(served).hasSizeGreaterThan(15);
    }

    static Stream<Arguments> examples() {
        return calls().filter(RestCall::isPost)
                .flatMap(call -> call.bodies().keySet().stream().map(name -> Arguments.of(call, name)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bodyExampleIsAnsweredAsDocumented(RestCall call, String name) {
        ExampleFixture fixture = new ExampleFixture(client);
        String token = ExampleSetup.prepare(call.id(), name, fixture);
        JsonObject body = call.bodies().get(name);
        boolean saysToken = body.has("Header");
        if (saysToken) {
            fixture.bind(body.getAsJsonObject("Header").get("token").getAsString(), token);
        }
        Answer answer = client.postJson(saysToken ? "" : token, call.target(), fixture.resolve(body.toString()));

        assertAsDocumented(call, name, fixture, answer);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void otherBodyFormsMeanTheSame(RestCall call) {
        if (call.isPost()) {
            Map<String, BodyForm> forms = Map.of(
                    "application/x-www-form-urlencoded", BodyForm.FORM, "multipart/form-data", BodyForm.MULTIPART);
            forms.forEach((type, form) -> {
                assertThat(call.body(type)).isEqualTo(call.bodies().get("ok"));
                ExampleFixture fixture = new ExampleFixture(client);
                String token = ExampleSetup.prepare(call.id(), "ok", fixture);
                Answer answer = form.post(client, token, call.target(), fixture.resolve(call.parameters()));
                assertAsDocumented(call, "ok", fixture, answer);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void getExampleIsAnsweredAsDocumented(RestCall call) {
        if (!call.isPost() && !call.id().equals("metrics")) {
            ExampleFixture fixture = new ExampleFixture(client);
            String token = ExampleSetup.prepare(call.id(), "ok", fixture);
            Answer answer = client.get(token, call.target(), fixture.resolve(call.parameters()));

            assertAsDocumented(call, "ok", fixture, answer);
        }
    }

    @Test
    void metricsAreText() {
        Answer answer = client.get("", "metrics", Map.of());
        JsonObject content =
                RestCall.named("metrics").response(200).orElseThrow().getAsJsonObject("content");

        assertThat(content.keySet()).contains("text/plain");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void messagesPagedBySeqMatchTheDocumentedSchema() {
        RestCall call = RestCall.named("get_room_message_list");
        ExampleFixture fixture = new ExampleFixture(client);
        String token = ExampleSetup.prepare(call.id(), "ok", fixture);
        for (String cursor : List.of("before_seq", "after_seq")) {
            Map<String, Object> parameters = fixture.resolve(call.parameters());
            parameters.put(cursor, 1);
            assertThat(call.faults(client.get(token, call.target(), parameters)))
                    .isEmpty();
        }
    }

    private static void assertAsDocumented(RestCall call, String name, ExampleFixture fixture, Answer answer) {
        Map<String, JsonElement> examples = call.examples(200);
        JsonElement documented = examples.getOrDefault(name, examples.get("ok"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(call.faults(answer)).isEmpty();
        assertThat(AnswerNormalizer.normalize(fixture.toDocumented(answer.json())))
                .isEqualTo(AnswerNormalizer.normalize(documented));
    }

    /** Every error that some call can provoke is tried on each call. */
    static Stream<Arguments> refusals() {
        Set<String> errors = new TreeSet<>();
        calls().forEach(call -> errors.addAll(call.refusals()));
        return calls().flatMap(call -> errors.stream()
                .filter(error -> call.refusals().contains(error) || RefusalTriggers.canBeTried(error, call))
                .map(error -> Arguments.of(call, error)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void callIsRefusedExactlyAsDocumented(RestCall call, String error) {
        ExampleFixture fixture = new ExampleFixture(client);
        PendingCall pending = new PendingCall(call, ExampleSetup.prepare(call.id(), "ok", fixture), call.parameters());
        RefusalTriggers.apply(error, call, fixture, pending, stored);
        Answer answer = pending.send(client, fixture);

        assertThat(answer.status()).isEqualTo(200);
        if (call.refusals().contains(error)) {
            assertThat(answer.error()).isEqualTo(error);
            assertThat(answer.json().has("parameter")).isEqualTo(error.endsWith("_parameter"));
            assertLikeTheExample(call, error, answer);
        }
        if (answer.header("Content-Type").startsWith("application/json")) {
            assertThat(call.faults(answer)).isEmpty();
        }
    }

    private static void assertLikeTheExample(RestCall call, String error, Answer answer) {
        JsonObject documented = call.examples(200).get(error).getAsJsonObject();
        assertThat(documented.get("error").getAsString()).isEqualTo(error);
        if (!error.equals("not_in_room")) {
            // The text of this error depends on who is not in the room.
            assertThat(documented.get("msg")).isEqualTo(answer.json().get("msg"));
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nonOkStatusesAreAnsweredAsDocumented(RestCall call) {
        Set<String> seen = new HashSet<>(List.of("200", "500"));
        List<Answer> answers = new ArrayList<>();
        answers.add(client.send(client.request(call.target()).DELETE()));
        if (call.isPost()) {
            answers.add(client.postJson("", call.target(), "{"));
            answers.add(client.postJson("", call.target(), "[" + "1,".repeat(100_000) + "1]"));
            answers.add(client.send(client.request(call.target())
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("user_id=alice"))));
        } else {
            answers.add(RawHttp.send(
                    server.base(), "GET " + call.target() + "?page=%zz", List.of("Connection: close"), new byte[0]));
            answers.add(client.send(
                    client.request(call.target()).method("GET", BodyPublishers.ofString("x".repeat(200_000)))));
        }
        for (Answer answer : answers) {
            if (answer.status() != 200) {
                assertThat(call.faults(answer)).isEmpty();
                seen.add(Integer.toString(answer.status()));
            }
            assertThat(answer.header("Allow").isEmpty()).isEqualTo(answer.status() != 405);
        }
        // These need a server of their own and have separate tests.
        seen.addAll(List.of("429", "503"));
        assertThat(seen).containsAll(call.statuses());
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void refusedHandshakeIsAnsweredAsDocumented(RestCall call) {
        String path = call.target();
        String token = client.login(ImClient.anyUser());
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        answers.put(426, client.get(token, path, Map.of()));
        answers.put(401, RawHttp.handshake(server.base(), path));
        answers.put(403, RawHttp.handshake(server.base(), path, "token: " + token, "Origin: https://else.example"));
        answers.put(400, handshakeWithBody(path, token));
        answers.put(405, client.send(client.request(path).DELETE()));

        answers.forEach((status, answer) -> {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(call.faults(answer)).isEmpty();
        });
        assertThat(answers.get(426).header("Upgrade")).isEqualTo("websocket");
        Set<String> elsewhere = Set.of("101", "429", "500", "503");
        assertThat(call.statuses())
                .filteredOn(status -> !elsewhere.contains(status))
                .allSatisfy(status -> assertThat(answers).containsKey(Integer.valueOf(status)));
    }

    private static Answer handshakeWithBody(String path, String token) {
        List<String> headers =
                List.of("token: " + token, "Upgrade: websocket", "Connection: Upgrade", "Content-Length: 1");
        return RawHttp.send(server.base(), "GET " + path, headers, new byte[] {'x'});
    }

    @Test
    void rateLimitsAreAnsweredAsDocumented() {
        Map<String, String> limits = Map.of(
                "IM_PARTNER_KEYS", "shop:" + KEY,
                "IM_LIMITS_LOGINSPERSECOND", "1",
                "IM_LIMITS_LOGINBURST", "2",
                "IM_LIMITS_MESSAGESPERSECOND", "1",
                "IM_LIMITS_MESSAGEBURST", "1",
                "IM_LIMITS_FRAMESPERSECOND", "1",
                "IM_LIMITS_FRAMEBURST", "1",
                "IM_LIMITS_HANDSHAKESPERSECOND", "1",
                "IM_LIMITS_HANDSHAKEBURST", "1");
        try (EmbeddedDeployment strict = EmbeddedDeployment.behind("127\\.0\\.0\\.1", limits)) {
            ImClient hasty = new ImClient(strict.base());
            String token = ask(RestCall.named("get_login_token"), hasty, "none")
                    .data()
                    .get("token")
                    .getAsString();
            RestCall.all().stream()
                    .filter(call -> call.statuses().contains("429"))
                    .forEach(call -> assertLimited(call, hasty, token));
            // No other call is limited.
            calls().filter(call -> !call.statuses().contains("429"))
                    .forEach(call -> assertThat(Stream.generate(
                                            () -> ask(call, hasty, token).status())
                                    .limit(10))
                            .as(call.toString())
                            .doesNotContain(429));
        }
    }

    private static void assertLimited(RestCall call, ImClient hasty, String token) {
        Answer answer = Stream.generate(() -> ask(call, hasty, token))
                .limit(50)
                .filter(candidate -> candidate.status() == 429)
                .findFirst()
                .orElseThrow(() -> new AssertionError(call + " is not limited"));

        assertThat(call.faults(answer)).isEmpty();
        assertThat(answer.header("Retry-After"))
                .isEqualTo(answer.json().get("retry_after").getAsString());
    }

    /** Calls from a remote address, since local callers are not limited. */
    private static Answer ask(RestCall call, ImClient hasty, String token) {
        if (call.isHandshake()) {
            return RawHttp.handshake(hasty.base(), call.target(), "X-Forwarded-For: " + ELSEWHERE);
        }
        HttpRequest.Builder request = hasty.request(call.target())
                .header("token", token)
                .header("X-Partner-Key", KEY)
                .header("X-Forwarded-For", ELSEWHERE);
        return hasty.send(
                call.isPost()
                        ? request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(new Gson().toJson(call.parameters())))
                        : request.GET());
    }

    @Test
    void storeOutageIsAnsweredAsDocumented(@TempDir Path folder) throws Exception {
        try (ConfiguredServer alone = ConfiguredServer.start(folder, Map.of())) {
            ImClient waiting = new ImClient(alone.base());
            alone.stopRedis();
            Answer ready = waiting.get("", "health/ready", Map.of());
            alone.stopMongo();
            Answer login = waiting.post("", "user/get_login_token", Map.of("user_id", "alice"));

            assertThat(RestCall.named("ready").faults(ready)).isEmpty();
            assertThat(ready.json())
                    .isEqualTo(RestCall.named("ready").examples(503).get("redis_down"));
            assertThat(login.status()).isEqualTo(503);
            assertThat(RestCall.named("get_login_token").faults(login)).isEmpty();
            assertThat(login.header("Retry-After"))
                    .isEqualTo(login.json().get("retry_after").getAsString());
        }
    }
}
