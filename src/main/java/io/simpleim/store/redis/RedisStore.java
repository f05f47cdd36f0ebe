package io.simpleim.store.redis;

import io.simpleim.model.StoreObserver;
import io.simpleim.model.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connections to Redis: a single server, one behind sentinels, or a cluster. They are opened at the first call and
 * reopened when they break; after a failover, the next calls find the new master. If Redis is unreachable, a call fails
 * within a few seconds. Thread-safe.
 */
public final class RedisStore implements AutoCloseable {
    /** Maximum time that a blocking command may wait in Redis. */
    static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private static final int COMMAND_CONNECTIONS = 16;
    private static final int BLOCKING_CONNECTIONS = 4;

    private final LazyRedisClient commands;
    /** Blocking commands hold their connections for seconds, so they have their own pool. */
    private final LazyRedisClient blocking;
    /**
     * Reads the answers of a cluster's nodes to a pipeline in parallel. Without it jedis would start new threads for each
     * pipeline, which takes ten times as long as the pipeline itself. Bounded by the number of command connections.
     */
    private final ExecutorService pipelines = Executors.newCachedThreadPool(RedisStore::pipelineThread);

    private final StoreObserver observer;

    /** Connects without an observer; otherwise like the other constructor. */
    public RedisStore(RedisSettings settings) {
        this(settings, StoreObserver.NONE);
    }

    /**
     * Connects at the first call.
     *
     * @param observer receives every call; the operation is {@code command}, {@code pipeline} or {@code wait}
     */
    public RedisStore(RedisSettings settings, StoreObserver observer) {
        this.observer = observer;
        RedisClients clients = new RedisClients(settings);
        commands = new LazyRedisClient("redis-connect", () -> clients.build(COMMAND_CONNECTIONS));
        blocking = new LazyRedisClient("redis-connect-blocking", () -> clients.build(BLOCKING_CONNECTIONS));
    }

    private static Thread pipelineThread(Runnable task) {
        Thread thread = new Thread(task, "redis-pipeline");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs commands that are answered at once.
     *
     * @throws StoreUnavailableException if Redis is unreachable or refuses them
     */
    <T> T call(Function<UnifiedJedis, T> use) {
        return mapped("command", () -> use.apply(commands()));
    }

    /** Like {@link #call}, for one blocking command that waits {@link #MAX_WAIT} at most. */
    <T> T await(Function<UnifiedJedis, T> use) {
        return mapped("wait", () -> use.apply(blocking()));
    }

    /**
     * Sends many commands at once, each to the cluster node that owns its key. If one node does not answer, commands to
     * other nodes may have been executed.
     *
     * @param send sends the commands and returns a supplier that reads their answers
     */
    <T> T pipelined(Function<AbstractPipeline, Supplier<T>> send) {
        return mapped("pipeline", () -> {
            try (AbstractPipeline pipeline = pipeline()) {
                Supplier<T> answers = send.apply(pipeline);
                pipeline.sync();
                return answers.get();
            } catch (IllegalStateException | RejectedExecutionException e) {
                // jedis throws these if an answer is missing.
                throw new JedisException("A node of the cluster has not answered, or this is being closed", e);
            }
        });
    }

    private AbstractPipeline pipeline() {
        UnifiedJedis jedis = commands();
        return jedis instanceof RedisClusterClient cluster ? cluster.pipelined(pipelines) : jedis.pipelined();
    }

    private <T> T mapped(String operation, Supplier<T> use) {
        long start = System.nanoTime();
        RuntimeException failure = null;
        try {
            return use.get();
        } catch (RuntimeException e) {
            failure = e instanceof JedisException ? new StoreUnavailableException("Redis", e) : e;
            throw failure;
        } finally {
            observer.called("redis", operation, failure, System.nanoTime() - start);
        }
    }

    /** @throws JedisException if no master is known yet */
    UnifiedJedis commands() {
        return commands.get();
    }

    /** @throws JedisException if no master is known yet */
    UnifiedJedis blocking() {
        return blocking.get();
    }

    /** Checks that the master answers, or all masters of a cluster. */
    public void ping() {
        call(UnifiedJedis::ping);
    }

    @Override
    public void close() {
        blocking.close();
        commands.close();
        pipelines.shutdown();
    }
}
