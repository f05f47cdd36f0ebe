package io.simpleim.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.cluster.ClusterKeys;
import io.simpleim.cluster.ClusterListener;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.cluster.ClusterReceiver;
import io.simpleim.cluster.membership.NodeMembership;
import io.simpleim.cluster.message.ClusterMessageHandler;
import io.simpleim.cluster.message.Push;
import io.simpleim.push.Hub;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.StoredUser;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import io.simpleim.store.redis.UserLocations;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Race;
import io.simpleim.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users who come and go on two nodes that know of each other, and what is written of them. */
@Timeout(60)
class LoginStatusIT {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static EmbeddedMongo mongo;
    private static RedisServer server;
    private static RedisStore redis;
    private static UserLocations sharedLocations;
    private static Member one;
    private static Member other;

    private final String anna = UUID.randomUUID().toString();
    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
    private MongoProxy network;
    private MongoStore slowStore;
    private MongoStore store;
    private UserDao users;
    private LoginStatus statusOfOne;
    private LoginStatus statusOfOther;

    /** A node that is alive, and ignores what it receives. */
    private static final class Member implements ClusterMessageHandler, ClusterListener, AutoCloseable {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final ClusterPublisher publisher;
        private final ClusterReceiver receiver;

        Member() {
            Clock system = Clock.systemUTC();
            ClusterKeys keys = new ClusterKeys(new NodeRegistry(redis), sharedLocations, new NodeStreams(redis, 1000));
            publisher = new ClusterPublisher(keys, system, System::nanoTime);
            ClusterReceiver.Workers workers = new ClusterReceiver.Workers(threads, threads);
            receiver = new ClusterReceiver(publisher, keys, new Hub(), "a test", this, this, workers, system);
            publisher.start(threads);
            receiver.start(threads, timer);
            await().until(() -> membership().isAlive(id()));
        }

        NodeMembership membership() {
            return publisher.membership();
        }

        String id() {
            return membership().id();
        }

        @Override
        public void push(Push push) {}

        @Override
        public void sessionEnded(String sessionId) {}

        @Override
        public void userAcknowledges(String userId) {}

        @Override
        public void usersMoved(Collection<String> userIds) {}

        @Override
        public void receptionChanged(boolean isComplete) {}

        @Override
        public void catchUp(long since, Runnable done) {
            done.run();
        }

        @Override
        public void close() {
            timer.shutdownNow();
            receiver.close();
            threads.shutdown();
        }
    }

    @BeforeAll
    static void startNodes() {
        mongo = EmbeddedMongo.inMemory(0);
        server = RedisServer.start();
        redis = new RedisStore(RedisSettings.standalone(server.address()));
        sharedLocations = new UserLocations(redis);
        one = new Member();
        other = new Member();
        await().until(() ->
                one.membership().isAlive(other.id()) && other.membership().isAlive(one.id()));
    }

    @AfterAll
    static void stopNodes() {
        one.close();
        other.close();
        redis.close();
        server.close();
        mongo.close();
    }

    @BeforeEach
    void logIn() {
        store = new MongoStore(mongo.address(), "", "", "im");
        network = new MongoProxy(mongo.address());
        slowStore = new MongoStore(network.address(), "", "", "im");
        users = new UserDao(store);
        users.createIndexes();
        users.loggedIn(anna, 1000);
        statusOfOne = new LoginStatus(new UserDao(slowStore), sharedLocations, one.membership(), clock);
        statusOfOther = new LoginStatus(users, sharedLocations, other.membership(), clock);
    }

    @AfterEach
    void closeStores() {
        slowStore.close();
        network.close();
        store.close();
    }

    private void come(Member node, LoginStatus status) {
        sharedLocations.note(node.id(), List.of(anna), List.of());
        status.moved(List.of(anna));
    }

    private void go(Member node, LoginStatus status) {
        sharedLocations.note(node.id(), List.of(), List.of(anna));
        status.moved(List.of(anna));
    }

    private int written() {
        return StoredUser.find(store, anna).orElseThrow().loginStatus();
    }

    @Test
    void aUserIsConnectedAfterConnectingAndAwayAfterDisconnecting() {
        come(one, statusOfOne);
        go(one, statusOfOne);
        statusOfOne.flush();
        assertThat(written()).isZero();
        come(one, statusOfOne);
        statusOfOne.flush();
        assertThat(written()).isEqualTo(1);
        go(one, statusOfOne);
        statusOfOne.flush();
        assertThat(written()).isZero();
    }

    @Test
    void aUserWhoDisconnectsFromOneOfTwoNodesIsConnected() {
        come(one, statusOfOne);
        come(other, statusOfOther);
        go(one, statusOfOne);
        statusOfOne.flush();
        assertThat(written()).isEqualTo(1);
        go(other, statusOfOther);
        statusOfOther.flush();
        assertThat(written()).isZero();
    }

    @Test
    void aUserWhoIsLocatedOnlyOnADeadNodeIsAway() {
        sharedLocations.note("dead", List.of(anna), List.of());
        statusOfOne.moved(List.of(anna));
        statusOfOne.flush();

        assertThat(written()).isZero();
    }

    /** The client has logged in again, but is not connected yet. */
    @Test
    void aUserWhoHasLoggedInSinceDisconnectingIsConnected() {
        come(one, statusOfOne);
        go(one, statusOfOne);
        users.loggedIn(anna, clock.instant().plus(SECOND).getEpochSecond());
        statusOfOne.flush();

        assertThat(written()).isEqualTo(1);
    }

    /** The lookup of one node is outdated when the node writes it; the node looks the user up again afterwards. */
    @Test
    void aUserWhoMovesBetweenTheLookupAndTheWriteIsConnected() throws InterruptedException {
        come(one, statusOfOne);
        statusOfOne.flush();
        go(one, statusOfOne);
        network.hold("update user");
        CompletableFuture<Void> writing = CompletableFuture.runAsync(statusOfOne::flush);
        network.awaitHeld();
        come(other, statusOfOther);
        statusOfOther.flush();
        network.release();
        writing.join();
        assertThat(written()).as("for a moment").isZero();
        statusOfOne.flush();

        assertThat(written()).isEqualTo(1);
        go(other, statusOfOther);
        statusOfOther.flush();
        assertThat(written()).isZero();
    }

    @RepeatedTest(20)
    void aUserWhoMovesDuringTheWritesIsFinallyConnected() {
        come(one, statusOfOne);
        statusOfOne.flush();
        Race.each(2, i -> {
            if (i == 0) {
                go(one, statusOfOne);
                statusOfOne.flush();
            } else {
                come(other, statusOfOther);
                statusOfOther.flush();
            }
        });
        statusOfOne.flush();
        statusOfOther.flush();

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void statusesAreWrittenLaterIfMongoWasUnavailable() {
        come(one, statusOfOne);
        go(one, statusOfOne);
        network.takeAway();
        statusOfOne.flush();
        assertThat(written()).isEqualTo(1);
        network.giveBack();
        statusOfOne.flush();

        assertThat(written()).isZero();
    }

    /**
     * The time of departure counts, not the time of the write. This Redis is the test's own: a restart leaves dead
     * connections in the pool, and each of them fails the next command sent on it.
     */
    @Test
    void statusesAreWrittenLaterIfRedisWasUnavailable() {
        try (RedisServer ownServer = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
                RedisStore ownRedis = new RedisStore(RedisSettings.standalone(ownServer.address()))) {
            UserLocations locations = new UserLocations(ownRedis);
            LoginStatus status = new LoginStatus(users, locations, one.membership(), clock);
            locations.note(one.id(), List.of(anna), List.of());
            status.moved(List.of(anna));
            locations.note(one.id(), List.of(), List.of(anna));
            status.moved(List.of(anna));
            ownServer.kill();
            status.flush();
            clock.advance(SECOND);
            clock.advance(SECOND);
            users.loggedIn(anna, clock.instant().minus(SECOND).getEpochSecond());
            ownServer.restart();
            await().ignoreExceptions()
                    .until(() -> locations.nodesOf(List.of(anna)).isEmpty());
            status.flush();
            assertThat(written()).as("it has logged in since").isEqualTo(1);
            status.moved(List.of(anna));
            status.flush();

            assertThat(written()).isZero();
        }
    }
}
