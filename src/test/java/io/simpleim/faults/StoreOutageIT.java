package io.simpleim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.standalone.JarProcess;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.OwnedPort;
import io.simpleim.testing.StoredDocuments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store of a server under load fails and recovers. Meanwhile every request is answered and connections stay open;
 * afterwards the server recovers by itself with nothing lost, duplicated or out of order.
 */
@Timeout(180)
class StoreOutageIT {
    private static final int ANSWERS = 100;
    /** Sends that are refused before the store returns. */
    private static final int REFUSALS = 8;

    @TempDir
    Path folder;

    private final OwnedPort mongoPort = OwnedPort.claim();
    private final OwnedPort redisPort = OwnedPort.claim();
    private final MongoProxy network = new MongoProxy(mongoPort.address());
    private JarProcess stores;
    private JarProcess server;

    @BeforeEach
    void start() {
        stores = startStores();
        stores.readyLine();
        Map<String, String> environment = Map.of(
                "IM_MONGO_ADDRESS",
                network.address(),
                "IM_REDIS_ADDRESS",
                redisPort.address(),
                "IM_LIMITS_MESSAGESPERSECOND",
                "1000000",
                "IM_LIMITS_MESSAGEBURST",
                "1000000");
        server = JarProcess.start(folder, environment, List.of(), "--port", "0", "--data", "node");
    }

    @AfterEach
    void stop() {
        network.release();
        server.close();
        stores.close();
        network.close();
        mongoPort.close();
        redisPort.close();
    }

    private JarProcess startStores() {
        return JarProcess.start(
                folder,
                "stores",
                "--data",
                "stores",
                "--mongo-port",
                mongoPort.toString(),
                "--redis-port",
                redisPort.toString());
    }

    /**
     * Runs an outage under load.
     *
     * @param goes makes the store fail
     * @param comesBack restores it
     */
    private void outage(Runnable goes, Runnable comesBack) {
        ChatTraffic traffic = new ChatTraffic(server.client(), 1);
        traffic.connect(server.base());
        CountDownLatch stop = new CountDownLatch(1);
        List<CompletableFuture<Void>> sending = traffic.sendUntil(server.base(), stop);
        traffic.awaitAnswers(ANSWERS);

        goes.run();
        traffic.awaitRefusals(REFUSALS);
        comesBack.run();

        traffic.awaitAnswers(ANSWERS);
        stop.countDown();
        ChatTraffic.awaitStopped(sending);
        traffic.retryUnanswered(server.base());
        StoreSnapshot snapshot = snapshot();
        snapshot.assertHoldsExactly(traffic.ledger());
        traffic.awaitReceived(snapshot);
        traffic.assertStillConnected();
        traffic.assertNewestIsVisible(server.base(), snapshot);
        traffic.disconnect();
    }

    private StoreSnapshot snapshot() {
        try (StoredDocuments documents = new StoredDocuments(mongoPort.address())) {
            return StoreSnapshot.of(documents);
        }
    }

    @Test
    void survivesAnUnreachableStore() {
        outage(network::takeAway, network::giveBack);
    }

    @Test
    void survivesAnUnresponsiveStore() {
        outage(network::hold, network::release);
    }

    @Test
    void survivesAKilledStore() {
        outage(stores::kill, () -> {
            stores.close();
            stores = startStores();
            assertThat(stores.readyLine()).contains("Ready");
        });
    }
}
