package io.simpleim.cluster;

import io.simpleim.cluster.message.ClusterMessage;
import io.simpleim.cluster.message.ClusterMessageCodec;
import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import io.simpleim.store.redis.UserLocations;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;

/** A Redis that keeps what it has when it is killed, empty for each test; time stands still until a test moves it. */
@Timeout(60)
abstract class WithRedis {
    static final long START = 1_000_000;
    private static final int KEPT = 1000;
    private static final Duration NO_TIME = Duration.ofMillis(1);

    static RedisServer server;

    final MutableClock clock = new MutableClock(Instant.ofEpochSecond(START));
    RedisClient redis;
    NodeRegistry registry;
    UserLocations locations;
    NodeStreams streams;
    ClusterKeys keys;
    private RedisStore store;

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @BeforeEach
    void openStore() {
        redis = RedisClient.create("127.0.0.1", server.port());
        redis.flushAll();
        store = new RedisStore(RedisSettings.standalone(server.address()));
        registry = new NodeRegistry(store);
        locations = new UserLocations(store);
        streams = new NodeStreams(store, KEPT);
        keys = new ClusterKeys(registry, locations, streams);
    }

    @AfterEach
    void closeStore() {
        store.close();
        redis.close();
    }

    long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    OneNode node() {
        return new OneNode(keys, clock, this::nanoTime);
    }

    /** Nodes that all know each other and have missed nothing. */
    List<OneNode> completeNodes(int count) {
        List<OneNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node());
        }
        for (int i = 0; i < OneNode.BEATS_UNTIL_COMPLETE; i++) {
            beat(nodes);
        }
        nodes.forEach(OneNode::finishCatchUps);
        return nodes;
    }

    /** All beat, a beat after they did last. */
    void beat(List<OneNode> nodes) {
        clock.advance(Heartbeat.INTERVAL);
        nodes.forEach(node -> {
            // As if its inbox had read everything.
            node.catchUps.readUpTo(clock.instant().getEpochSecond());
            node.beat();
        });
    }

    void beat(OneNode... nodes) {
        beat(List.of(nodes));
    }

    static String key(String nodeId) {
        return "im:node:{" + nodeId + "}";
    }

    /** As if the node had not beaten for a long time. */
    void expire(String nodeId) {
        redis.del(key(nodeId));
    }

    /** The entries in the stream of a node. */
    List<String> entries(String nodeId) {
        return streams.read(nodeId, 0, KEPT, NO_TIME).stream()
                .map(NodeStreams.Entry::news)
                .toList();
    }

    /** The messages in the stream of a node. */
    List<ClusterMessage> messages(String nodeId) {
        return entries(nodeId).stream()
                .flatMap(entry -> ClusterMessageCodec.read(entry).stream())
                .toList();
    }
}
