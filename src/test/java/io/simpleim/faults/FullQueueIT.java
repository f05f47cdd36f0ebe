package io.simpleim.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.standalone.JarProcess;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.Answer;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.StoredDocuments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store stalls while more is sent than the queue holds. The excess is refused at once. */
@Timeout(120)
class FullQueueIT {
    /** In total over all writers; a room has one writer. */
    private static final int QUEUE = 8;

    private static final int SENDERS = 24;

    @TempDir
    Path folder;

    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final MongoProxy network = new MongoProxy(mongo.address());
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS, task -> new Thread(task, "sender"));
    private final SendLedger ledger = new SendLedger();
    private JarProcess server;

    @BeforeEach
    void start() {
        Map<String, String> environment =
                Map.of("IM_MONGO_ADDRESS", network.address(), "IM_LIMITS_WRITEQUEUE", Integer.toString(QUEUE));
        server = JarProcess.start(folder, environment, List.of(), "--port", "0", "--data", "data");
    }

    @AfterEach
    void stop() {
        network.release();
        threads.shutdownNow();
        server.close();
        network.close();
        mongo.close();
    }

    @Test
    void fullQueueRefusesTheExcessAndStoresTheRest() throws InterruptedException {
        List<ImUser> senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> ImUser.loggedIn(server.client(), ImClient.anyUser()))
                .toList();
        String roomId = senders.get(0).roomWith(senders.subList(1, SENDERS).toArray(ImUser[]::new));
        senders.forEach(sender -> send(sender, roomId, 0));
        assertThat(ledger.size()).isEqualTo(SENDERS);

        network.hold("insert message");
        CompletableFuture<Answer> first = sendLater(senders.get(0), roomId);
        network.awaitHeld();
        List<CompletableFuture<Answer>> others = senders.stream()
                .skip(1)
                .map(sender -> sendLater(sender, roomId))
                .toList();
        await().until(() -> done(others).size() >= SENDERS - 1 - QUEUE);
        List<Answer> refused = done(others);
        // Refused senders have not waited for the store; accepted ones still do.
        assertThat(first).isNotDone();
        assertThat(others).anyMatch(answer -> !answer.isDone());
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error()).isEqualTo("unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        });
        ImClient client = server.client();
        assertThat(client.send(client.request("metrics")).body())
                .contains("simpleim_refusals_total{reason=\"writeQueue\"}");

        network.release();
        assertThat(first.join().code()).isEqualTo(200);
        others.forEach(CompletableFuture::join);
        assertThat(ledger.size()).isGreaterThan(SENDERS + 1);
        senders.forEach(sender -> send(sender, roomId, 1));
        assertThat(ledger.size()).isEqualTo(2 * SENDERS);
        try (StoredDocuments documents = new StoredDocuments(mongo.address())) {
            StoreSnapshot.of(documents).assertHoldsExactly(ledger);
        }
    }

    private static List<Answer> done(List<CompletableFuture<Answer>> answers) {
        return answers.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    private CompletableFuture<Answer> sendLater(ImUser sender, String roomId) {
        return CompletableFuture.supplyAsync(() -> send(sender, roomId, 1), threads);
    }

    private Answer send(ImUser sender, String roomId, int number) {
        String text = SendLedger.text(sender.id(), number);
        Answer answer = sender.post("rm/room/room_message", "room_id", roomId, "message", text, "client_msg_id", text);
        if (answer.status() == 200 && answer.code() == 200) {
            ledger.answered(text, answer.data());
        }
        return answer;
    }
}
