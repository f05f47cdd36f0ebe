package io.simpleim.nodes;

import io.simpleim.standalone.JarProcess;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.OwnedPort;
import io.simpleim.testing.RedisServer;
import io.simpleim.testing.TempFolder;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Server processes started from the standalone jar, sharing one MongoDB in this JVM and one Redis. The Redis is either
 * a process that keeps its data when killed, or one that the test supplies. Used by one thread.
 */
public final class NodeGroup implements AutoCloseable {
    private static final String REDIS_ADDRESS = "IM_REDIS_ADDRESS";

    private final TempFolder folder = TempFolder.create("im-nodes");
    private final EmbeddedMongo mongo = EmbeddedMongo.openFile(folder.path().resolve("mongo.mv.db"), 0);
    /** Null if the test supplies Redis. */
    private final @Nullable RedisServer redis;

    private final Map<String, String> settings = new HashMap<>();
    private final List<OwnedPort> ports = new ArrayList<>();
    private final List<JarProcess> nodes = new ArrayList<>();

    private NodeGroup(Map<String, String> more) {
        redis = more.containsKey(REDIS_ADDRESS)
                ? null
                : RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
        settings.put("IM_MONGO_ADDRESS", mongo.address());
        if (redis != null) {
            settings.put(REDIS_ADDRESS, redis.address());
        }
        settings.put("IM_LOGIN_SECRET", "0123456789abcdef0123456789abcdef");
        settings.put("IM_LIMITS_MESSAGESPERSECOND", "1000000");
        settings.put("IM_LIMITS_MESSAGEBURST", "1000000");
        settings.putAll(more);
    }

    /** Starts this number of servers and returns when all are ready. */
    public static NodeGroup start(int count) {
        return start(count, Map.of());
    }

    /** @param settings environment variables without the stores' addresses; may name a Redis of the test's */
    public static NodeGroup start(int count, Map<String, String> settings) {
        NodeGroup group = new NodeGroup(settings);
        try {
            IntStream.range(0, count).forEach(i -> {
                group.ports.add(OwnedPort.claim());
                group.nodes.add(group.launch(i));
            });
            group.nodes.forEach(JarProcess::base);
            return group;
        } catch (RuntimeException | Error e) {
            group.close();
            throw e;
        }
    }

    private JarProcess launch(int node) {
        return JarProcess.start(
                folder.path(), settings, List.of(), "--port", ports.get(node).toString(), "--data", "node" + node);
    }

    public int size() {
        return nodes.size();
    }

    public JarProcess node(int node) {
        return nodes.get(node);
    }

    /** The address of a server, whether it is running or not. */
    public URI base(int node) {
        return URI.create("http://" + ports.get(node).address() + "/");
    }

    public ImClient client(int node) {
        return new ImClient(base(node));
    }

    /** The same user and session on another server. */
    public ImUser at(int node, ImUser user) {
        return new ImUser(client(node), user.id(), user.token());
    }

    /** A new user, logged in on a server. */
    public ImUser user(int node) {
        return ImUser.loggedIn(client(node), ImClient.anyUser());
    }

    /** Restarts a server that has ended. */
    public void restart(int node) {
        nodes.get(node).close();
        nodes.set(node, launch(node));
        nodes.get(node).base();
    }

    public RedisServer redis() {
        return Objects.requireNonNull(redis, "it is the test's");
    }

    public String mongoAddress() {
        return mongo.address();
    }

    /** A client for direct access to Redis. */
    public RedisClient openRedis() {
        return RedisClient.create("127.0.0.1", redis().port());
    }

    /** The registered node ids, dead ones included. */
    public Set<String> nodeIds() {
        try (RedisClient client = openRedis()) {
            return new TreeSet<>(client.smembers("im:nodes"));
        }
    }

    /** The node id of a server: the last one in its log. */
    public String nodeId(int node) {
        return nodes.get(node)
                .output()
                .lines()
                .filter(line -> line.contains("is known to others as "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The key of a server's stream. */
    public String streamOf(int node) {
        return "im:node:{" + nodeId(node) + "}:stream";
    }

    /** The output of all servers. */
    public String output() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            all.append("node ")
                    .append(i)
                    .append(":\n")
                    .append(nodes.get(i).output())
                    .append('\n');
        }
        return all.toString();
    }

    /** The number of entries ever added to a server's stream. */
    public long streamEntries(int node) {
        try (RedisClient client = openRedis()) {
            return Long.parseLong(client.get("im:node:{" + nodeId(node) + "}:count"));
        } catch (JedisException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(JarProcess::close);
        ports.forEach(OwnedPort::close);
        if (redis != null) {
            redis.close();
        }
        mongo.close();
        folder.close();
    }
}
