package io.simpleim.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "' ' | ''",
                "127.0.0.1:27018 | 127.0.0.1:27018",
                "localhost | localhost:27017",
                "mongo_1 | mongo_1:27017",
                "[::1] | [::1]:27017",
                "[2001:db8::1]:27018 | [2001:db8::1]:27018",
                "' a:1 , b, c.example.com:3 ' | a:1,b:27017,c.example.com:3",
                "mongodb://u:p%40w@a,b/?replicaSet=rs0 | mongodb://u:p%40w@a,b/?replicaSet=rs0",
                "mongodb+srv://cluster.example.com | mongodb+srv://cluster.example.com",
            })
    void readsMongoAddresses(String text, String address) throws BadValueException {
        assertThat(Addresses.MONGO.parser().parse(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "' cache:6380 ' | cache:6380",
                "cache | cache:6379",
                "[::1] | [::1]:6379",
                "redis://cache | redis://cache:6379",
                "redis://redis/redis | redis://redis:6379/redis",
                "redis://cache:/2 | redis://cache:6379/2",
                "redis://:p$1w@cache/2 | redis://:p$1w@cache:6379/2",
                "rediss://[::1]/0 | rediss://[::1]:6379/0",
                "' a:1 , b, c.example.com:3 ' | a:1,b:6379,c.example.com:3",
                "rediss://u:p@cache:7000/0?x=y | rediss://u:p@cache:7000/0?x=y",
            })
    void readsRedisAddresses(String text, String address) throws BadValueException {
        assertThat(Addresses.REDIS.parser().parse(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "::1, in brackets",
        "2001:db8::1:27017, in brackets",
        "host:, not host:port",
        "host:port, not host:port",
        "host name, not host:port",
        "user:pw@host, not host:port",
        "http://host, not host:port",
        "27017, a host or a port",
        "host:0, a port is 1 to 65535",
        "host:65536, a port is 1 to 65535",
    })
    void refusesWhatIsNoHostAndPort(String text, String reason) {
        assertBad(Addresses.MONGO, text, reason);
        assertBad(Addresses.REDIS, text, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1,", ",a:1", "a:1,,b:1", "mongodb://", "mongodb://a b", "redis://a"})
    void refusesOtherMongoAddresses(String text) {
        assertBad(Addresses.MONGO, text, "not host:port");
    }

    @ParameterizedTest
    @CsvSource({
        "'a:1,', not host:port",
        "'a:1,redis://b', not host:port",
        "'redis://a:1,b:2', no host and port",
        "mongodb://a, not host:port",
        "redis://, not a URI",
        "redis://:p w@a, not a URI",
        "redis:///2, no host and port",
        "redis://a:0, no host and port",
        "redis://a:99999, no host and port",
        "redis://under_score, no host and port",
    })
    void refusesOtherRedisAddresses(String text, String reason) {
        assertBad(Addresses.REDIS, text, reason);
    }

    private static void assertBad(Format<?> format, String text, String reason) {
        assertThatThrownBy(() -> format.parser().parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(reason);
    }
}
