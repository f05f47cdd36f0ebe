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
 * The standalone server is killed under load, at moments that nobody has chosen, again and again on the same data: what
 * was answered is stored under the number that was answered, no number is left out or there twice, what was sent again
 * is one message, each sender's messages keep their order, and everybody gets them all.
 *
 * <p>{@code -Dim.test.crash.rounds} and {@code -Dim.test.crash.seed} choose others.
 */
@Timeout(600)
class LedgerCrashIT {
    private static final Logger log = LoggerFactory.getLogger(LedgerCrashIT.class);
    private static final int ROUNDS = Integer.getInteger("im.test.crash.rounds", 20);
    private static final int UNDER_WAY = 8;
    private static final int MOST_ANSWERS = 400;
    private static final Map<String, String> SETTINGS =
            Map.of("IM_LIMITS_MESSAGESPERSECOND", "1000000", "IM_LIMITS_MESSAGEBURST", "1000000");

    @TempDir
    Path folder;

    private final OwnedPort port = OwnedPort.claim();
    private final List<ProcessHandle> leftBehind = new ArrayList<>();

    @AfterEach
    void giveUpPort() {
        port.close();
    }

    @Test
    void nothingThatWasAnsweredIsLostAndEverybodyGetsItOnceAndInOrder() {
        long seed = Long.getLong("im.test.crash.seed", System.nanoTime());
        log.warn("The moments of the crashes: -Dim.test.crash.seed={}", seed);
        Random random = new Random(seed);
        Cast cast = null;
        StoreSnapshot snapshot = null;
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = start()) {
                cast = cast == null ? new Cast(server.client(), UNDER_WAY) : cast;
                if (snapshot != null) {
                    cast.assertReadersSeeTheLast(server.base(), snapshot);
                }
                killUnderLoad(server, cast, snapshot, random);
            }
            snapshot = StoreSnapshot.ofFiles(folder.resolve("data"));
            snapshot.assertKeeps(cast.book());
        }
        checkTheEnd(cast, snapshot);
    }

    private JarProcess start() {
        JarProcess server = JarProcess.start(folder, SETTINGS, List.of(), "--port", port.toString(), "--data", "data");
        server.base();
        return server;
    }

    private void killUnderLoad(JarProcess server, Cast cast, StoreSnapshot before, Random random) {
        URI base = server.base();
        cast.connect(base);
        List<CompletableFuture<Void>> talking = cast.talk(base, new CountDownLatch(1));
        // Sometimes while those who were away are still being sent what they have missed.
        if (before != null && random.nextBoolean()) {
            cast.awaitReceived(before);
        }
        cast.awaitAnswers(1 + random.nextInt(MOST_ANSWERS));
        leftBehind.addAll(server.children());
        server.kill();
        Cast.awaitSilence(talking);
        cast.disconnect();
    }

    private void checkTheEnd(Cast cast, StoreSnapshot last) {
        try (JarProcess server = start()) {
            cast.assertReadersSeeTheLast(server.base(), last);
            cast.connect(server.base());
            cast.finish(server.base());
            server.terminate();
            server.exitCode();
        }
        StoreSnapshot all = StoreSnapshot.ofFiles(folder.resolve("data"));
        all.assertHasJust(cast.book());
        try (JarProcess server = start()) {
            cast.assertReadersSeeTheLast(server.base(), all);
            cast.connect(server.base());
            cast.awaitReceived(all);
            cast.assertHistoryIs(server.base(), all);
            cast.disconnect();
            // What has ended counts as alive until the system's first process has taken notice.
            leftBehind.forEach(redis -> await().atMost(Duration.ofSeconds(60)).until(() -> !redis.isAlive()));
        }
        log.warn("{} messages were answered in {} rounds", cast.book().size(), ROUNDS);
    }
}
