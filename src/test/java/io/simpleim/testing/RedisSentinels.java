package io.simpleim.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/**
 * A Redis and its replica under three sentinels, which promote the replica about three seconds after the master died.
 * All use passwords. Not thread-safe.
 */
public final class RedisSentinels implements AutoCloseable {
    public static final String MASTER_NAME = "im";
    public static final String PASSWORD = "of-redis";
    public static final String SENTINEL_PASSWORD = "of-sentinels";

    private static final int SENTINELS = 3;

    private final @Nullable TestCertificate certificate;
    private final RedisAdmin redisAdmin;
    private final RedisAdmin sentinelAdmin;
    private final OwnedPort masterPort = OwnedPort.claim();
    private final OwnedPort replicaPort = OwnedPort.claim();
    private final List<OwnedPort> sentinelPorts =
            Stream.generate(OwnedPort::claim).limit(SENTINELS).toList();
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinels(@Nullable TestCertificate certificate) {
        this.certificate = certificate;
        redisAdmin = new RedisAdmin(PASSWORD, certificate != null);
        sentinelAdmin = new RedisAdmin(SENTINEL_PASSWORD, certificate != null);
    }

    /** Prepares the servers without starting them. */
    public static RedisSentinels prepared() {
        return new RedisSentinels(null);
    }

    public static RedisSentinels start() {
        return start(null);
    }

    /** @param certificate makes all of them use TLS only; null for none */
    public static RedisSentinels start(@Nullable TestCertificate certificate) {
        RedisSentinels all = new RedisSentinels(certificate);
        try {
            all.startAll();
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** Starts all of them and returns when they know each other. */
    public void startAll() {
        servers.add(redis(masterPort));
        servers.add(redis(replicaPort, "--replicaof", RedisServer.LOOPBACK, masterPort.toString()));
        // A sentinel that misses a replica looks again only after ten seconds.
        RedisAdmin.until(
                "the replica follows",
                () -> redisAdmin
                        .ask(servers.get(1), jedis -> jedis.info("replication"))
                        .contains("master_link_status:up"));
        for (OwnedPort port : sentinelPorts) {
            sentinels.add(RedisServer.sentinel(port, watching(port)));
        }
        sentinels.forEach(sentinel ->
                RedisAdmin.until("a sentinel knows all", () -> sentinelAdmin.ask(sentinel, RedisSentinels::knowsAll)));
    }

    private RedisServer redis(OwnedPort port, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--requirepass", PASSWORD, "--masterauth", PASSWORD, "--repl-diskless-sync", "yes"));
        all.addAll(List.of("--repl-diskless-sync-delay", "0"));
        all.addAll(List.of(options));
        if (certificate != null) {
            all.addAll(certificate.redisOptions(port.number()));
        }
        return RedisServer.start(port, all.toArray(String[]::new));
    }

    private List<String> watching(OwnedPort port) {
        List<String> lines = new ArrayList<>(List.of(
                "sentinel monitor " + MASTER_NAME + " " + RedisServer.LOOPBACK + " " + masterPort + " 2",
                "sentinel auth-pass " + MASTER_NAME + " " + PASSWORD,
                "sentinel down-after-milliseconds " + MASTER_NAME + " 1000",
                "sentinel failover-timeout " + MASTER_NAME + " 5000",
                "requirepass " + SENTINEL_PASSWORD,
                "sentinel sentinel-pass " + SENTINEL_PASSWORD));
        if (certificate != null) {
            lines.addAll(certificate.redisLines(port.number()));
        }
        return lines;
    }

    private static boolean knowsAll(Jedis sentinel) {
        Map<String, String> master = sentinel.sentinelMaster(MASTER_NAME);
        return master.get("num-slaves").equals("1")
                && master.get("num-other-sentinels").equals(Integer.toString(SENTINELS - 1))
                && sentinel.sentinelReplicas(MASTER_NAME).get(0).get("flags").equals("slave");
    }

    /** {@code host:port} of each sentinel, separated by commas. */
    public String address() {
        return sentinelPorts.stream().map(OwnedPort::address).collect(Collectors.joining(","));
    }

    /** The initial master, to kill or to freeze. */
    public RedisServer master() {
        return servers.get(0);
    }

    /** Waits until all sentinels report the replica as the master. */
    public void awaitFailover() {
        String promoted = replicaPort.toString();
        sentinels.forEach(sentinel -> RedisAdmin.until(
                "the replica is master",
                () -> sentinelAdmin.ask(
                        sentinel,
                        jedis -> jedis.sentinelGetMasterAddrByName(MASTER_NAME)
                                .get(1)
                                .equals(promoted))));
    }

    @Override
    public void close() {
        Stream.concat(sentinels.stream(), servers.stream()).forEach(RedisServer::close);
        Stream.concat(Stream.of(masterPort, replicaPort), sentinelPorts.stream())
                .forEach(OwnedPort::close);
    }
}
