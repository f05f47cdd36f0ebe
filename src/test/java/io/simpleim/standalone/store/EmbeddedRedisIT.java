package io.simpleim.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.testing.OwnedPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class EmbeddedRedisIT {
    @TempDir
    Path folder;

    @Test
    void startsAnswersAndStops() throws Exception {
        ProcessHandle process;
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, 0);
                RedisClient client = RedisClient.create("127.0.0.1", redis.port())) {
            assertThat(redis.address()).isEqualTo("127.0.0.1:" + redis.port());
            assertThat(client.set("key", "value")).isEqualTo("OK");
            process = process();
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.onExit()).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(folder.resolve("redis.pid")).doesNotExist();
        assertThat(folder.resolve("dump.rdb")).doesNotExist();
    }

    private ProcessHandle process() throws Exception {
        String pid = Files.readString(folder.resolve("redis.pid")).split(" ", -1)[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Test
    void aRedisOfAnEarlierRunIsEndedAtTheNextStart() throws Exception {
        OwnedPort port = OwnedPort.claim();
        EmbeddedRedis left = EmbeddedRedis.start(folder, port.number());
        ProcessHandle stale = process();
        try (port;
                EmbeddedRedis redis = EmbeddedRedis.start(folder, left.port())) {
            assertThat(stale.isAlive()).isFalse();
            assertThat(redis.port()).isEqualTo(left.port());
            assertThat(process().pid()).isNotEqualTo(stale.pid());
        } finally {
            left.close();
        }
    }

    @Test
    void anUnrelatedProcessInThePidFileIsLeftAlone() throws Exception {
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(folder.resolve("redis.pid"), unrelated.pid() + " 0\n");
            EmbeddedRedis.start(folder, 0).close();
            assertThat(unrelated.isAlive()).isTrue();
        } finally {
            unrelated.destroyForcibly();
        }
    }

    @Test
    void anotherRedisOrOneStartedLaterIsLeftAlone(@TempDir Path elsewhere) throws Exception {
        try (EmbeddedRedis other = EmbeddedRedis.start(elsewhere, 0)) {
            Files.copy(elsewhere.resolve("redis.pid"), folder.resolve("redis.pid"));
            EmbeddedRedis.start(folder, 0).close();
            Path ownPidFile = elsewhere.resolve("redis.pid");
            String pid = Files.readString(ownPidFile).split(" ", -1)[0];
            Files.writeString(ownPidFile, pid + " 1\n");
            new PidFile(ownPidFile, elsewhere).endStaleProcess();
            try (RedisClient client = RedisClient.create("127.0.0.1", other.port())) {
                assertThat(client.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void anUnreadablePidFileIsNoObstacle() throws Exception {
        Files.writeString(folder.resolve("redis.pid"), "nonsense");
        EmbeddedRedis.start(folder, 0).close();
    }

    @Test
    void aTakenPortIsReported() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedRedis.start(folder, taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Address already in use")
                    .hasMessageContaining("[redis] address");
        }
    }

    @Test
    void aBinaryThatDoesNotRunSaysWhatToDo() throws Exception {
        Path broken = Files.writeString(folder.resolve("redis-server"), "not a program");
        assertThatThrownBy(() -> RedisProcess.start(broken, folder, 6379))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Set [redis] address");
    }
}
