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
 * A client that is built when it is first asked for, and again after that has failed. Nobody waits for it longer than
 * {@link #PATIENCE}, however many nodes are away and however many callers there are: one attempt is made at a time, on a
 * thread of its own, all wait for that one, and it may still succeed when they have given up. For {@link #PAUSE} after
 * an attempt has failed, calls fail with it at once. Thread-safe.
 */
final class LazyClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<UnifiedJedis> builder;
    private volatile @Nullable UnifiedJedis client;
    /** The last one; guarded by this. */
    private @Nullable Attempt attempt;
    /** Guarded by this. */
    private boolean closed;

    /** @param name of the threads that build */
    LazyClient(String name, Supplier<UnifiedJedis> builder) {
        this.name = name;
        this.builder = builder;
    }

    /** @throws JedisException if there is none yet */
    UnifiedJedis get() {
        UnifiedJedis built = client;
        return built != null ? built : await(currentAttempt());
    }

    private static UnifiedJedis await(Attempt attempt) {
        try {
            return attempt.result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNullElse(e.getCause(), e);
            throw new JedisConnectionException("Not connected yet: " + reason(failure), failure);
        } catch (TimeoutException e) {
            throw new JedisConnectionException("Not connected within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisException("Interrupted while connecting", e);
        }
    }

    /** The client of a cluster says what it came up against in a suppressed exception. */
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

    /** Takes over what has been built; somebody may have closed this in the meantime. */
    private void keep(UnifiedJedis built) {
        boolean late;
        synchronized (this) {
            late = closed;
            client = late ? null : built;
        }
        if (late) {
            built.close();
            throw new JedisException("The connections to Redis are closed");
        }
    }

    /** Calls from now on fail, also if the client is only just being built. */
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
        /** When it failed, by the nanosecond clock; written before the result is there. */
        private volatile long failedAt;

        @Override
        public void run() {
            try {
                UnifiedJedis built = builder.get();
                keep(built);
                result.complete(built);
            } catch (Throwable e) { // Whatever it is, those who wait have to learn of it.
                failedAt = System.nanoTime();
                result.completeExceptionally(e);
            }
        }

        boolean isOver() {
            return result.isCompletedExceptionally() && System.nanoTime() - failedAt > PAUSE.toNanos();
        }
    }
}
