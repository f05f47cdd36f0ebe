package io.simpleim.store.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis client that is built at its first use, and again after a failed attempt. Only one attempt runs at a time, on its
 * own thread; all callers wait for it, {@link #MAX_WAIT} at most, and it may still succeed after they have given up. For
 * {@link #PAUSE} after a failed attempt, calls fail at once. Thread-safe.
 *
 * <p>The pause is fixed: jedis reconnects by itself with growing pauses once a client has been built.
 */
final class LazyRedisClient implements AutoCloseable {
    static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<UnifiedJedis> builder;
    private volatile @Nullable UnifiedJedis client;
    /** The last attempt. Guarded by this. */
    private @Nullable Attempt attempt;
    /** Guarded by this. */
    private boolean closed;

    /** @param name name of the threads that build the client */
    LazyRedisClient(String name, Supplier<UnifiedJedis> builder) {
        this.name = name;
        this.builder = builder;
    }

    /** @throws JedisException if no client could be built in time */
    UnifiedJedis get() {
        UnifiedJedis built = client;
        return built != null ? built : await(currentAttempt());
    }

    private static UnifiedJedis await(Attempt attempt) {
        try {
            return attempt.result.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNullElse(e.getCause(), e);
            throw new JedisConnectionException("Not connected yet: " + reason(failure), failure);
        } catch (TimeoutException e) {
            throw new JedisConnectionException("Not connected within " + MAX_WAIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisException("Interrupted while connecting", e);
        }
    }

    /** A cluster client reports the actual problem in a suppressed exception. */
    private static @Nullable String reason(Throwable failure) {
        Throwable[] suppressed = failure.getSuppressed();
        return (suppressed.length == 0 ? failure : suppressed[0]).getMessage();
    }

    private synchronized Attempt currentAttempt() {
        if (closed) {
            throw new JedisException("The connections to Redis are closed");
        }
        Attempt current = attempt;
        if (current == null || current.isOver()) {
            current = new Attempt();
            attempt = current;
            Thread thread = new Thread(current, name);
            thread.setDaemon(true);
            thread.start();
        }
        return current;
    }

    /** Keeps a new client, or closes it if this was closed in the meantime. */
    private void keep(UnifiedJedis built) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = closed;
            client = isTooLate ? null : built;
        }
        if (isTooLate) {
            built.close();
            throw new JedisException("The connections to Redis are closed");
        }
    }

    /** Makes all further calls fail, even if a client is still being built. */
    @Override
    public void close() {
        UnifiedJedis built;
        synchronized (this) {
            closed = true;
            built = client;
            client = null;
        }
        if (built != null) {
            built.close();
        }
    }

    private final class Attempt implements Runnable {
        private final CompletableFuture<UnifiedJedis> result = new CompletableFuture<>();
        /** Time of the failure by {@link System#nanoTime}; written before the result completes. */
        private volatile long failedAt;

        @Override
        public void run() {
            try {
                UnifiedJedis built = builder.get();
                keep(built);
                result.complete(built);
            } catch (Throwable e) { // The waiting callers must learn of any failure.
                failedAt = System.nanoTime();
                result.completeExceptionally(e);
            }
        }

        boolean isOver() {
            return result.isCompletedExceptionally() && System.nanoTime() - failedAt > PAUSE.toNanos();
        }
    }
}
