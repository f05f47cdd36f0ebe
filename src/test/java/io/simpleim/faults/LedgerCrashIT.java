package io.simpleim.faults;

import static org.awaitility.Awaitility.await;

import io.simpleim.standalone.JarProcess;
import io.simpleim.testing.OwnedPort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standalone server is killed under load at random moments, repeatedly on the same data. Every answered message
 * stays stored under its seq, seqs have no gaps or duplicates, a retry is one message, each sender's order holds, and
 * everybody receives everything.
 *
 * <p>{@code -Dim.test.crash.rounds} and {@code -Dim.test.crash.seed} set the number of crashes and their moments.
 */
@Timeout(600)
class LedgerCrashIT {
    private static final Logger log = LoggerFactory.getLogger(LedgerCrashIT.class);
    private static final int ROUNDS = Integer.getInteger("im.test.crash.rounds", 20);
    private static final int IN_FLIGHT = 8;
    private static final int MAX_ANSWERS = 400;
    private static final Map<String, String> SETTINGS =
            Map.of("IM_LIMITS_MESSAGESPERSECOND", "1000000", "IM_LIMITS_MESSAGEBURST", "1000000");

    @TempDir
    Path folder;

    private final OwnedPort port = OwnedPort.claim();
    private final List<ProcessHandle> leftBehind = new ArrayList<>();

    @AfterEach
    void releasePort() {
        port.close();
    }

    @Test
    void answeredMessagesSurviveCrashesOnceAndInOrder() {
        long seed = Long.getLong("im.test.crash.seed", System.nanoTime());
        log.warn("The moments of the crashes: -Dim.test.crash.seed={}", seed);
        Random random = new Random(seed);
        ChatTraffic traffic = null;
        StoreSnapshot snapshot = null;
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = start()) {
                traffic = traffic == null ? new ChatTraffic(server.client(), IN_FLIGHT) : traffic;
                if (snapshot != null) {
                    traffic.assertNewestIsVisible(server.base(), snapshot);
                }
                killUnderLoad(server, traffic, snapshot, random);
            }
            snapshot = StoreSnapshot.ofFiles(folder.resolve("data"));
            snapshot.assertHoldsAllAnswered(traffic.ledger());
        }
        checkTheEnd(traffic, snapshot);
    }

    private JarProcess start() {
        JarProcess server = JarProcess.start(folder, SETTINGS, List.of(), "--port", port.toString(), "--data", "data");
        server.base();
        return server;
    }

    private void killUnderLoad(JarProcess server, ChatTraffic traffic, StoreSnapshot before, Random random) {
        URI base = server.base();
        traffic.connect(base);
        List<CompletableFuture<Void>> sending = traffic.sendUntil(base, new CountDownLatch(1));
        // Sometimes kills the server while it still pushes backlogs.
        if (before != null && random.nextBoolean()) {
            traffic.awaitReceived(before);
        }
        traffic.awaitAnswers(1 + random.nextInt(MAX_ANSWERS));
        leftBehind.addAll(server.children());
        server.kill();
        ChatTraffic.awaitStopped(sending);
        traffic.disconnect();
    }

    private void checkTheEnd(ChatTraffic traffic, StoreSnapshot last) {
        try (JarProcess server = start()) {
            traffic.assertNewestIsVisible(server.base(), last);
            traffic.connect(server.base());
            traffic.retryUnanswered(server.base());
            server.terminate();
            server.exitCode();
        }
        StoreSnapshot all = StoreSnapshot.ofFiles(folder.resolve("data"));
        all.assertHoldsExactly(traffic.ledger());
        try (JarProcess server = start()) {
            traffic.assertNewestIsVisible(server.base(), all);
            traffic.connect(server.base());
            traffic.awaitReceived(all);
            traffic.assertHistoryMatches(server.base(), all);
            traffic.disconnect();
            // A process that has ended counts as alive until init reaps it.
            leftBehind.forEach(redis -> await().atMost(Duration.ofSeconds(60)).until(() -> !redis.isAlive()));
        }
        log.warn("{} messages were answered in {} rounds", traffic.ledger().size(), ROUNDS);
    }
}
