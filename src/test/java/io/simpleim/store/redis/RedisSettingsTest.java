package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.store.redis.RedisSettings.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;

class RedisSettingsTest {

    @Test
    void readsAListOfHosts() {
        RedisSettings settings = RedisSettings.standalone("a:1,[::1]:2,c.example.com:3");
        assertThat(settings.hosts())
                .containsExactly(
                        new HostAndPort("a", 1), new HostAndPort("[::1]", 2), new HostAndPort("c.example.com", 3));
        assertThat(settings.usesTls()).isFalse();
        assertThat(settings.database()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h:1, 0",
        "redis://h:1/, 0",
        "redis://h:1/3, 3",
        "redis://h:1/redis, 0",
        "redis://h:1/99999999999, 0"
    })
    void readsTheDatabaseOfAnAddress(String address, int database) {
        assertThat(RedisSettings.standalone(address).database()).isEqualTo(database);
    }

    @ParameterizedTest
    @CsvSource({"redis://h:1, false", "rediss://h:1, true", "h:1, false"})
    void readsTlsFromAnAddress(String address, boolean tls) {
        assertThat(RedisSettings.standalone(address).usesTls()).isEqualTo(tls);
        assertThat(RedisSettings.standalone(address).withTls().usesTls()).isTrue();
    }

    @Test
    void settingsOverrideTheAddress() {
        RedisSettings settings = RedisSettings.standalone("redis://u:p%40w@h:1");
        assertThat(settings.allCredentials()).isEqualTo(new Credentials("u", "p@w"));
        assertThat(settings.withCredentials(new Credentials("", "other")).allCredentials())
                .isEqualTo(new Credentials("u", "other"));
    }

    @Test
    void printsNoSecret() {
        RedisSettings settings =
                RedisSettings.standalone("redis://:hunter2@h:1").withCredentials(new Credentials("", "hunter2"));
        assertThat(settings.toString()).doesNotContain("hunter2").contains("h:1");
    }
}
