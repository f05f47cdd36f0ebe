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
 * The store of a server under load goes away and comes back: meanwhile each request is answered, connections stay open,
 * and afterwards all goes on by itself with nothing lost, doubled, left out or out of order.
 */
@Timeout(180)
class StoreOutageIT {
    private static final int ANSWERS = 100;
    /** So many sends have been told that the store is away before it is back. */
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

    /** How the store goes, and how it comes back. */
    private void outage(Runnable goes, Runnable comesBack) {
        Cast cast = new Cast(server.client(), 1);
        cast.connect(server.base());
        CountDownLatch stop = new CountDownLatch(1);
        List<CompletableFuture<Void>> talking = cast.talk(server.base(), stop);
        cast.awaitAnswers(ANSWERS);

        goes.run();
        cast.awaitRefusals(REFUSALS);
        comesBack.run();

        cast.awaitAnswers(ANSWERS);
        stop.countDown();
        Cast.awaitSilence(talking);
        cast.finish(server.base());
        StoreSnapshot snapshot = snapshot();
        snapshot.assertHasJust(cast.book());
        cast.awaitReceived(snapshot);
        cast.assertStillConnected();
        cast.assertReadersSeeTheLast(server.base(), snapshot);
        cast.disconnect();
    }

    private StoreSnapshot snapshot() {
        try (StoredDocuments documents = new StoredDocuments(mongoPort.address())) {
            return StoreSnapshot.of(documents);
        }
    }

    @Test
    void aStoreThatCannotBeReached() {
        outage(network::takeAway, network::giveBack);
    }

    @Test
    void aStoreThatDoesNotAnswer() {
        outage(network::hold, network::release);
    }

    @Test
    void aStoreThatIsKilled() {
        outage(stores::kill, () -> {
            stores.close();
            stores = startStores();
            assertThat(stores.readyLine()).contains("Ready");
        });
    }
}
