package io.simpleim.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster of three masters with one replica each. A replica is promoted about two seconds after its master
 * died. Not thread-safe.
 */
public final class RedisCluster implements AutoCloseable {
    public static final String PASSWORD = "of-cluster";

    private static final int MASTERS = 3;
    private static final int SLOTS = Protocol.CLUSTER_HASHSLOTS;

    private final @Nullable TestCertificate certificate;
    private final RedisAdmin admin;
    private final List<OwnedPort> ports =
            Stream.generate(OwnedPort::claimForClusterNode).limit(2 * MASTERS).toList();
    /** The masters, followed by their replicas in the same order. */
    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster(@Nullable TestCertificate certificate) {
        this.certificate = certificate;
        admin = new RedisAdmin(PASSWORD, certificate != null);
    }

    /** Prepares the cluster without starting it. */
    public static RedisCluster prepared() {
        return new RedisCluster(null);
    }

    public static RedisCluster start() {
        return start(null);
    }

    /** @param certificate makes all nodes use TLS only; null for none */
    public static RedisCluster start(@Nullable TestCertificate certificate) {
        RedisCluster cluster = new RedisCluster(certificate);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts the nodes and returns when they have formed a cluster. */
    public void startAll() {
        for (OwnedPort port : ports) {
            nodes.add(node(port));
        }
        for (int i = 0; i < MASTERS; i++) {
            giveSlots(i);
        }
        nodes.forEach(node -> admin.ask(nodes.get(0), jedis -> jedis.clusterMeet(RedisServer.LOOPBACK, node.port())));
        nodes.forEach(node -> RedisAdmin.until("a node knows all", () -> admin.ask(node, this::knowsAll)));
        for (int i = 0; i < MASTERS; i++) {
            String masterId = admin.ask(nodes.get(i), Jedis::clusterMyId);
            admin.ask(nodes.get(MASTERS + i), jedis -> jedis.clusterReplicate(masterId));
        }
        nodes.forEach(node -> RedisAdmin.until("a node is in order", () -> admin.ask(node, RedisCluster::isInOrder)));
    }

    private RedisServer node(OwnedPort port) {
        List<String> options = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
        options.addAll(List.of("--cluster-require-full-coverage", "no", "--cluster-replica-validity-factor", "0"));
        options.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
        options.addAll(List.of("--requirepass", PASSWORD, "--masterauth", PASSWORD));
        if (certificate != null) {
            options.addAll(certificate.redisOptions(port.number()));
        }
        return RedisServer.start(port, options.toArray(String[]::new));
    }

    private void giveSlots(int master) {
        int[] slots = IntStream.range(SLOTS * master / MASTERS, SLOTS * (master + 1) / MASTERS)
                .toArray();
        admin.ask(nodes.get(master), jedis -> jedis.clusterAddSlots(slots));
        // Distinct epochs from the start: nodes that meet with equal epochs take turns to give them up.
        admin.ask(
                nodes.get(master),
                jedis -> jedis.sendCommand(Protocol.Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(master + 1)));
    }

    private boolean knowsAll(Jedis node) {
        return count(node, " connected") == nodes.size();
    }

    /** Whether all slots are served and each replica is in sync with its master. */
    private static boolean isInOrder(Jedis node) {
        return node.clusterInfo().contains("cluster_state:ok")
                && count(node, "slave ") == MASTERS
                && !node.info("replication").contains("master_link_status:down");
    }

    private static long count(Jedis node, String words) {
        return node.clusterNodes().lines().filter(line -> line.contains(words)).count();
    }

    /** {@code host:port} of each node, separated by commas. */
    public String address() {
        return ports.stream().map(OwnedPort::address).collect(Collectors.joining(","));
    }

    /** One of the initial masters, to kill or to freeze. */
    public RedisServer master(int number) {
        return nodes.get(number);
    }

    /** The index of the initial master that holds a key. */
    public int masterOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, MASTERS)
                .filter(i -> slot < SLOTS * (i + 1) / MASTERS)
                .findFirst()
                .orElseThrow();
    }

    /** The replica of an initial master. */
    public RedisServer replica(int number) {
        return nodes.get(MASTERS + number);
    }

    /** Waits until all running nodes see the replica of a dead master in its place. */
    public void awaitFailover(int number) {
        RedisServer died = nodes.get(number);
        nodes.stream()
                .filter(RedisServer::answers)
                .forEach(node -> RedisAdmin.until(
                        "the replica is master", () -> admin.ask(node, jedis -> goesOnWithout(died, jedis))));
    }

    /** A master's line ends with its slots, or, once they were taken over, with its connection state. */
    private static boolean goesOnWithout(RedisServer died, Jedis node) {
        return node.clusterInfo().contains("cluster_state:ok")
                && node.clusterNodes()
                        .lines()
                        .filter(line -> line.contains(died.address() + "@"))
                        .allMatch(line -> line.endsWith("connected"));
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
        ports.forEach(OwnedPort::close);
    }
}
