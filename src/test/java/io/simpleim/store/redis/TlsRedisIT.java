package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.RedisSettings.Credentials;
import io.simpleim.testing.OwnedPort;
import io.simpleim.testing.RedisServer;
import io.simpleim.testing.TestCertificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A single Redis that accepts only TLS, with a certificate in the JVM's trust store. */
class TlsRedisIT {
    private static final String PASSWORD = "of-tls";

    private static TestCertificate certificate;
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.trusted();
        redis = start(certificate);
    }

    private static RedisServer start(TestCertificate certificate) {
        OwnedPort port = OwnedPort.claim();
        List<String> options = new ArrayList<>(certificate.redisOptions(port.number()));
        options.addAll(List.of("--requirepass", PASSWORD));
        return RedisServer.start(port, options.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        redis.close();
        certificate.close();
    }

    @Nested
    class RedisStoreIT extends RedisStoreContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address())
                    .withCredentials(new Credentials("", PASSWORD))
                    .withTls();
        }
    }

    @Nested
    class NodeRegistryIT extends NodeRegistryContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address())
                    .withCredentials(new Credentials("", PASSWORD))
                    .withTls();
        }
    }

    @Nested
    class WhereaboutsIT extends UserLocationsContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address())
                    .withCredentials(new Credentials("", PASSWORD))
                    .withTls();
        }
    }

    @Nested
    class NodeStreamsIT extends NodeStreamsContract {
        @Override
        RedisSettings settings() {
            return RedisSettings.standalone(redis.address())
                    .withCredentials(new Credentials("", PASSWORD))
                    .withTls();
        }
    }

    @Test
    void theAddressAloneTurnsTlsOn() {
        try (RedisStore store =
                new RedisStore(RedisSettings.standalone("rediss://:" + PASSWORD + "@" + redis.address()))) {
            store.ping();
        }
    }

    @Test
    void plainTextGetsNowhere() {
        assertNoWay("redis://:" + PASSWORD + "@" + redis.address());
    }

    @Test
    void aHostThatTheCertificateDoesNotNameIsNotTrusted() {
        assertNoWay("rediss://:" + PASSWORD + "@localhost:" + redis.port());
    }

    @Test
    void aCertificateThatNobodyKnowsIsNotTrusted() {
        try (TestCertificate unknown = TestCertificate.unknown();
                RedisServer other = start(unknown)) {
            assertNoWay("rediss://:" + PASSWORD + "@" + other.address());
        }
    }

    private static void assertNoWay(String address) {
        try (RedisStore store = new RedisStore(RedisSettings.standalone(address))) {
            assertThatThrownBy(store::ping).isInstanceOf(StoreUnavailableException.class);
        }
    }
}
