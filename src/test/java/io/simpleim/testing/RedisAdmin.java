package io.simpleim.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Commands of an operator to one server, each on a new connection. */
record RedisAdmin(String password, boolean tls) {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    <T> T ask(RedisServer server, Function<Jedis, T> question) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().password(password).timeoutMillis(TIMEOUT_MILLIS);
        if (tls) {
            config.sslOptions(SslOptions.defaults());
        }
        try (Jedis jedis = new Jedis(new HostAndPort(RedisServer.LOOPBACK, server.port()), config.build())) {
            return question.apply(jedis);
        }
    }

    /** Waits for a state that takes the servers some seconds to reach. */
    static void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreException(JedisConnectionException.class)
                .until(condition);
    }
}
