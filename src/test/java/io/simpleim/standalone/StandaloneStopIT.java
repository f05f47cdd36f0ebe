package io.simpleim.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server is stopped under load. */
@Timeout(180)
class StandaloneStopIT {
    private static final int GOING_AWAY = 1001;
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final int SENDERS = 4;
    private static final int RECEIVERS = 3;
    private static final int ANSWERS_BEFORE = 200;

    @TempDir
    Path folder;

    /** Seqs of the messages answered with code 200, by text. */
    private final Map<String, Long> ledger = new ConcurrentHashMap<>();
    /** HTTP status codes of all other answers. */
    private final ConcurrentSkipListSet<Integer> refusals = new ConcurrentSkipListSet<>();

    @Test
    void whatWasAnsweredIsStoredAndReachesEverybody() {
        List<ImUser> users = new ArrayList<>();
        String roomId;
        List<List<JsonObject>> pushed = new ArrayList<>();
        try (JarProcess server = start()) {
            for (int i = 0; i < SENDERS + RECEIVERS; i++) {
                users.add(ImUser.loggedIn(server.client(), "user" + i));
            }
            roomId = users.get(0).roomWith(users.subList(1, users.size()).toArray(ImUser[]::new));
            List<ImSocket> sockets = users.subList(SENDERS, users.size()).stream()
                    .map(ImUser::listen)
                    .toList();
            stopUnderLoad(server, users.subList(0, SENDERS), roomId);
            for (ImSocket socket : sockets) {
                assertThat(socket.closeCode()).isEqualTo(GOING_AWAY);
                pushed.add(Pushes.messagesLeft(socket));
            }
            assertThat(server.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(server.lines()).last().asString().endsWith("Stopped");
            assertThat(server.output()).doesNotContain("ERROR").doesNotContain("Exception");
        }
        // Refusals have the usual form.
        assertThat(refusals).isSubsetOf(503);
        try (JarProcess server = start()) {
            ImUser host = ImUser.loggedIn(server.client(), "user0");
            Map<Long, String> stored = history(host, roomId);
            assertThat(stored.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, stored.size()).boxed().toList());
            ledger.forEach((text, seq) -> assertThat(stored).containsEntry(seq, text));
            for (int i = 0; i < RECEIVERS; i++) {
                assertIsStored(pushed.get(i), stored);
                ImUser receiver = ImUser.loggedIn(server.client(), "user" + (SENDERS + i));
                try (ImSocket socket = receiver.connect()) {
                    long last = host.say(roomId, "after").data().get("seq").getAsLong();
                    assertComesFrom(pushed.get(i).size() + 1L, last, socket);
                }
            }
        }
    }

    private JarProcess start() {
        JarProcess server = JarProcess.start(folder, "--port", "0", "--data", "data");
        server.base();
        return server;
    }

    private void stopUnderLoad(JarProcess server, List<ImUser> senders, String roomId) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (ImUser sender : senders) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            Thread thread = new Thread(() -> sendUntilItIsGone(sender, roomId, end), sender.id());
            thread.setDaemon(true);
            thread.start();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.size() >= ANSWERS_BEFORE);
        server.terminate();
        ends.forEach(CompletableFuture::join);
    }

    private void sendUntilItIsGone(ImUser sender, String roomId, CompletableFuture<Void> end) {
        try {
            for (int i = 0; ; i++) {
                String text = sender.id() + " " + i;
                Answer answer = sender.say(roomId, text);
                if (answer.code() == 200) {
                    ledger.put(text, answer.data().get("seq").getAsLong());
                } else {
                    refusals.add(answer.status());
                }
            }
        } catch (UncheckedIOException e) {
            end.complete(null);
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private static Map<Long, String> history(ImUser user, String roomId) {
        Map<Long, String> stored = new HashMap<>();
        List<JsonElement> page;
        do {
            page = user.history(roomId, "after_seq", stored.size(), "page_size", 100)
                    .asList();
            page.forEach(item -> stored.put(
                    item.getAsJsonObject().get("Seq").getAsLong(),
                    item.getAsJsonObject().get("MessageData").getAsString()));
        } while (!page.isEmpty());
        return stored;
    }

    /** Messages received before the close are in order and without a gap, and include all that were answered. */
    private void assertIsStored(List<JsonObject> pushed, Map<Long, String> stored) {
        List<Long> seqs =
                pushed.stream().map(push -> push.get("seq").getAsLong()).toList();
        assertThat(seqs)
                .isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        assertThat(pushed)
                .allSatisfy(push -> assertThat(stored)
                        .containsEntry(
                                push.get("seq").getAsLong(),
                                push.get("message_data").getAsString()));
        assertThat(seqs).containsAll(ledger.values());
    }

    /** The next connect gives exactly the messages that did not arrive before the close. */
    private static void assertComesFrom(long first, long last, ImSocket socket) {
        List<Long> expected = LongStream.rangeClosed(first, last).boxed().toList();
        assertThat(Pushes.nextSeqs(socket, expected.size())).isEqualTo(expected);
    }
}
