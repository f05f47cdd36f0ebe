package io.simpleim.standalone;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was answered survives a kill -9 under load, and what was not may be sent again. */
@Timeout(180)
class StandaloneCrashIT {
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 4;
    private static final int ANSWERS_PER_ROUND = 100;
    private static final int PAGE_SIZE = 100;

    @TempDir
    Path folder;

    /** What was answered: number by the client's own id of the message, which is its text too. */
    private final Map<String, Long> ledger = new ConcurrentHashMap<>();
    /** What was sent last by each client, and never answered. */
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private String token;
    private String roomId;

    @Test
    void nothingThatWasAnsweredIsLostAndNothingIsThereTwice() {
        List<ProcessHandle> leftBehind = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = start()) {
                awaitEnd(leftBehind);
                prepare(server.client());
                checkHistory(server.client());
                repeatUnanswered(server.client());
                leftBehind = server.children();
                killUnderLoad(server, round);
            }
        }
        try (JarProcess server = start()) {
            repeatUnanswered(server.client());
            checkHistory(server.client());
        }
    }

    /** What has ended counts as alive until the system's first process has taken notice. */
    private static void awaitEnd(List<ProcessHandle> processes) {
        processes.forEach(process -> await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive()));
    }

    private JarProcess start() {
        JarProcess server = JarProcess.start(folder, "--port", "0", "--data", "data");
        server.base();
        return server;
    }

    private void prepare(ImClient client) {
        if (token == null) {
            token = client.login(ImClient.anyUser());
            roomId = client.post(token, "rm/room/create_room", params())
                    .data()
                    .get("roomId")
                    .getAsString();
        }
    }

    private void killUnderLoad(JarProcess server, int round) {
        int before = ledger.size();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "r" + round + "c" + i + "m";
            ImClient client = server.client();
            clients.add(new CompletableFuture<>());
            CompletableFuture<Void> ended = clients.get(i);
            Thread thread = new Thread(() -> sendUntilItDies(client, name, ended), name);
            thread.setDaemon(true);
            thread.start();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.size() >= before + ANSWERS_PER_ROUND);
        server.kill();
        clients.forEach(CompletableFuture::join);
    }

    private void sendUntilItDies(ImClient client, String name, CompletableFuture<Void> ended) {
        try {
            for (int i = 0; ; i++) {
                String id = name + i;
                unanswered.add(id);
                ledger.put(id, seq(send(client, id)));
                unanswered.remove(id);
            }
        } catch (UncheckedIOException e) {
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    private Answer send(ImClient client, String id) {
        return client.post(
                token, "rm/room/room_message", params("room_id", roomId, "message", id, "client_msg_id", id));
    }

    private static long seq(Answer sent) {
        assertThat(sent.code()).as(sent.body()).isEqualTo(200);
        return sent.data().get("seq").getAsLong();
    }

    private void repeatUnanswered(ImClient client) {
        for (String id : unanswered) {
            long seq = seq(send(client, id));
            assertThat(seq(send(client, id))).isEqualTo(seq);
            ledger.put(id, seq);
        }
        unanswered.clear();
        ledger.entrySet().stream()
                .limit(5)
                .forEach(sent -> assertThat(seq(send(client, sent.getKey()))).isEqualTo(sent.getValue()));
    }

    private void checkHistory(ImClient client) {
        List<JsonObject> history = history(client);
        assertThat(history.stream().map(item -> item.get("Seq").getAsLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        IntStream.range(0, history.size()).forEach(i -> {
            assertThat(ids.add(history.get(i).get("MessageId").getAsString())).isTrue();
            assertThat(texts.add(history.get(i).get("MessageData").getAsString()))
                    .isTrue();
        });
        ledger.forEach((id, seq) -> assertThat(
                        history.get((int) (seq - 1)).get("MessageData").getAsString())
                .isEqualTo(id));
    }

    private List<JsonObject> history(ImClient client) {
        List<JsonObject> all = new ArrayList<>();
        JsonArray page;
        do {
            page = client.get(
                            token,
                            "rm/room/get_room_message_list",
                            params("room_id", roomId, "after_seq", all.size(), "page_size", PAGE_SIZE))
                    .list();
            page.asList().stream().map(JsonElement::getAsJsonObject).forEach(all::add);
        } while (page.size() == PAGE_SIZE);
        return all;
    }
}
