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
 * The connections to Redis, be it one server, one that sentinels watch, or a cluster. They are made at the first call, and
 * made again when they break; after a failover the next calls find the new master. A call that finds nobody fails within a
 * few seconds. Thread-safe.
 */
public final class RedisStore implements AutoCloseable {
    /** For how long a command that waits for something may have Redis wait. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final int COMMAND_CONNECTIONS = 16;
    private static final int WAITING_CONNECTIONS = 4;

    private final LazyClient commands;
    // What holds its connection for long has a pool of its own.
    private final LazyClient blocking;
    /**
     * Reads what a cluster's nodes answer to a pipeline, all at once. Without it jedis starts and ends threads for each
     * pipeline, which takes ten times as long as the pipeline. No more than the connections that commands may have.
     */
    private final ExecutorService pipelines = Executors.newCachedThreadPool(RedisStore::pipelineThread);

    private final StoreObserver observer;

    /** As below, with nobody who observes. */
    public RedisStore(RedisSettings settings) {
        this(settings, StoreObserver.NONE);
    }

    /**
     * Connects at the first call.
     *
     * @param observer is told of every call: one of {@code command}, {@code pipeline} and {@code wait}
     */
    public RedisStore(RedisSettings settings, StoreObserver observer) {
        this.observer = observer;
        RedisClients clients = new RedisClients(settings);
        commands = new LazyClient("redis-connect", () -> clients.build(COMMAND_CONNECTIONS));
        blocking = new LazyClient("redis-connect-blocking", () -> clients.build(WAITING_CONNECTIONS));
    }

    private static Thread pipelineThread(Runnable task) {
        Thread thread = new Thread(task, "redis-pipeline");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Carries out commands that are answered at once.
     *
     * @throws StoreUnavailableException if Redis is out of reach or refuses them
     */
    <T> T call(Function<UnifiedJedis, T> use) {
        return mapped("command", () -> use.apply(commands()));
    }

    /** As {@link #call}, of one command that waits for something to happen, {@link #LONGEST_WAIT} at the most. */
    <T> T await(Function<UnifiedJedis, T> use) {
        return mapped("wait", () -> use.apply(blocking()));
    }

    /**
     * Sends many commands at once, each to the node of a cluster that has its key. If one node does not answer, those to
     * others may have been carried out.
     *
     * @param send gives what reads their answers when they are there
     */
    <T> T pipelined(Function<AbstractPipeline, Supplier<T>> send) {
        return mapped("pipeline", () -> {
            try (AbstractPipeline pipeline = pipeline()) {
                Supplier<T> answers = send.apply(pipeline);
                pipeline.sync();
                return answers.get();
            } catch (IllegalStateException | RejectedExecutionException e) {
                // What jedis throws for an answer that is not there.
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

    /** @throws JedisException if nobody has said yet who is master */
    UnifiedJedis commands() {
        return commands.get();
    }

    /** @throws JedisException if nobody has said yet who is master */
    UnifiedJedis blocking() {
        return blocking.get();
    }

    /** Asks for a sign of life: the master, or all masters of a cluster. */
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
