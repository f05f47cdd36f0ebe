package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.KeepAliveConnection;
import io.simpleim.testing.RandomRequests;
import io.simpleim.testing.RandomRequests.Request;
import io.simpleim.testing.RawExchange;
import io.simpleim.testing.RawWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sends 100,000 random requests and frames. {@code -Dim.test.seed=…} repeats an earlier run. */
class RandomTrafficIT implements ApiSuite {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 4;
    private static final int REQUESTS = 75_000;
    private static final int FRAMES = 25_000;

    /**
     * Maximum heap growth. Each of the 75,000 requests and frames after the first quarter may retain under half a
     * kilobyte, as stored messages do.
     */
    private static final long GROWTH_BYTES = 32L << 20;

    /** Allows for thread pools that fill up after the first quarter. */
    private static final int MORE_THREADS = 10;

    private static final String PLENTY = "1000000";

    @RegisterExtension
    static final DeploymentExtension SERVER = new DeploymentExtension(() -> EmbeddedDeployment.start(Map.of(
            // Otherwise lists and syncs would grow to thousands of rooms.
            "IM_LIMITS_ROOMSPERUSER", "30",
            "IM_LIMITS_MESSAGESPERSECOND", PLENTY,
            "IM_LIMITS_MESSAGEBURST", PLENTY,
            "IM_LIMITS_FRAMESPERSECOND", PLENTY,
            "IM_LIMITS_FRAMEBURST", PLENTY,
            "IM_LIMITS_LOGINSPERSECOND", PLENTY,
            "IM_LIMITS_LOGINBURST", PLENTY,
            "IM_LIMITS_HANDSHAKESPERSECOND", PLENTY,
            "IM_LIMITS_HANDSHAKEBURST", PLENTY)));

    private final long seed = Long.getLong("im.test.seed", System.nanoTime());
    private final List<String> tokens = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }

    @Test
    void randomTrafficCausesNoFailuresAndNoLeaks() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            ImUser user = anyUser();
            tokens.add(user.token());
            rooms.add(user.roomWith(anyUser()));
            rooms.add(user.id());
        }
        round(0);
        int threads = Thread.getAllStackTraces().size();
        long heap = usedHeap();
        for (int i = 1; i < ROUNDS; i++) {
            round(i);
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces())
                        .as("threads; seed %d", seed)
                        .hasSizeLessThanOrEqualTo(threads + MORE_THREADS));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(usedHeap())
                        .as("bytes of heap; seed %d", seed)
                        .isLessThan(heap + GROWTH_BYTES));
        assertThat(client().get("", "health/ready", Map.of()).status()).isEqualTo(200);
    }

    private void round(int number) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RandomRequests made = new RandomRequests(
                        seed + number * CLIENTS + i, deployment().base().getPath(), tokens, rooms);
                Callable<Void> client = i == 0 ? () -> sendFrames(made) : () -> sendRequests(made);
                running.add(clients.submit(client));
            }
            for (Future<Void> client : running) {
                client.get(5, TimeUnit.MINUTES);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Void sendRequests(RandomRequests made) throws IOException {
        try (KeepAliveConnection connection =
                new KeepAliveConnection(deployment().base())) {
            for (int i = 0; i < REQUESTS / ROUNDS / (CLIENTS - 1); i++) {
                Request request = made.next();
                List<Integer> statuses = request.whole()
                        ? List.of(connection.send(request.bytes()).status())
                        : RawExchange.of(deployment().base(), request.text()).statuses();
                assertThat(statuses).as("seed %d: %s", seed, request.text()).doesNotContain(500, 503);
            }
        }
        return null;
    }

    private Void sendFrames(RandomRequests made) {
        RawWebSocket socket = connect();
        try {
            for (int i = 0; i < FRAMES / ROUNDS; i++) {
                if (made.oneIn(50)) {
                    socket.sendBytes(HexFormat.ofDelimiter(" ").formatHex(made.brokenFrame()));
                    socket.close();
                    socket = connect();
                }
                String frame = made.nextFrame();
                socket.send(frame);
                assertAnswered(socket, frame, "\"" + seed + "-" + i + "\"");
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            socket.close();
        }
        return null;
    }

    /** Everything before the answer to the ping is the answer to the frame, or a push. */
    private void assertAnswered(RawWebSocket socket, String frame, String ref) {
        socket.send("{\"op\":\"ping\",\"ref\":" + ref + "}");
        for (Optional<RawWebSocket.Frame> next = socket.next(); ; next = socket.next()) {
            assertThat(next).as("seed %d: %s", seed, frame).isPresent();
            if (next.get().opCode() != RawWebSocket.TEXT) {
                continue;
            }
            JsonObject answer = next.get().json();
            if (answer.has("ref") && answer.get("ref").toString().equals(ref)) {
                return;
            }
            if (answer.has("error")) {
                assertThat(answer.get("error").getAsString())
                        .as("seed %d: %s", seed, frame)
                        .isNotIn("internal_error", "unavailable");
            }
        }
    }

    private RawWebSocket connect() {
        return RawWebSocket.connect(deployment().base(), tokens.get(0));
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
