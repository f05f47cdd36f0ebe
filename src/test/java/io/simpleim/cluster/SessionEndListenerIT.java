package io.simpleim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.standalone.store.EmbeddedRedis;
import io.simpleim.store.redis.EndedSessions;
import io.simpleim.store.redis.RedisSettings;
import io.simpleim.store.redis.RedisStore;
import io.simpleim.testing.LastingPort;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that goes away and comes back under a node that listens. */
@Timeout(60)
class SessionEndListenerIT {
    @TempDir
    Path folder;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private String next() throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void saysWhenItHearsAndWhenNot() throws InterruptedException {
        int port = LastingPort.free();
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "listener"));
        EmbeddedRedis redis = EmbeddedRedis.start(folder, port);
        try (RedisStore store = new RedisStore(RedisSettings.standalone(redis.address()))) {
            EndedSessions channel = new EndedSessions(store);
            try (SessionEndListener listener = new SessionEndListener(
                    channel, () -> heard.add("hearing"), () -> heard.add("not hearing"), heard::add)) {
                listener.start(thread);
                assertThat(next()).isEqualTo("hearing");
                channel.publish("session");
                assertThat(next()).isEqualTo("session");
                redis.close();
                assertThat(next()).isEqualTo("not hearing");
                redis = EmbeddedRedis.start(folder, port);
                String last = next();
                while (last.equals("not hearing")) {
                    last = next();
                }
                assertThat(last).isEqualTo("hearing");
            }
            assertThat(next()).isEqualTo("not hearing");
        } finally {
            redis.close();
            thread.shutdown();
        }
    }
}
