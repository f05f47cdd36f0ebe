package io.simpleim.store.redis;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * How to connect to Redis. Immutable; printing it shows no secret.
 *
 * @param mode what the addresses point to
 * @param address {@code host:port[,host:port…]} or one {@code redis://} or {@code rediss://} URI, each with its port
 * @param credentials for Redis on all its nodes; empty ones may be given in the URI
 * @param masterName name under which the sentinels know the master; ignored in other modes
 * @param sentinelCredentials for the sentinels themselves; ignored in other modes
 * @param tls whether all connections use TLS, even without {@code rediss://}
 */
public record RedisSettings(
        Mode mode,
        String address,
        Credentials credentials,
        String masterName,
        Credentials sentinelCredentials,
        boolean tls) {
    /** Any other path means database 0. */
    private static final Pattern DATABASE = Pattern.compile("/([0-9]{1,9})");

    /** What the addresses point to. */
    public enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /**
     * A login to Redis.
     *
     * @param username empty for the default user
     * @param password empty for none
     */
    public record Credentials(String username, String password) {
        public static final Credentials NONE = new Credentials("", "");

        @Nullable
        String user() {
            return username.isEmpty() ? null : username;
        }

        @Nullable
        String secret() {
            return password.isEmpty() ? null : password;
        }

        private Credentials orElse(Credentials other) {
            return new Credentials(
                    username.isEmpty() ? other.username : username, password.isEmpty() ? other.password : password);
        }

        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }
    }

    /** A single Redis without a password. */
    public static RedisSettings standalone(String address) {
        return new RedisSettings(Mode.STANDALONE, address, Credentials.NONE, "", Credentials.NONE, false);
    }

    /** Returns a copy with another login. */
    RedisSettings withCredentials(Credentials changed) {
        return new RedisSettings(mode, address, changed, masterName, sentinelCredentials, tls);
    }

    RedisSettings withAddress(String changed) {
        return new RedisSettings(mode, changed, credentials, masterName, sentinelCredentials, tls);
    }

    RedisSettings withTls() {
        return new RedisSettings(mode, address, credentials, masterName, sentinelCredentials, true);
    }

    Set<HostAndPort> hosts() {
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        uri().ifPresentOrElse(uri -> hosts.add(JedisURIHelper.getHostAndPort(uri)), () -> {
            for (String entry : address.split(",", -1)) {
                hosts.add(HostAndPort.from(entry));
            }
        });
        return hosts;
    }

    /** Combines the credentials of the settings with those of the URI; the settings take precedence. */
    Credentials allCredentials() {
        return uri().map(RedisSettings::credentialsIn).map(credentials::orElse).orElse(credentials);
    }

    boolean usesTls() {
        return tls || uri().filter(JedisURIHelper::isRedisSSLScheme).isPresent();
    }

    int database() {
        return uri().map(uri -> DATABASE.matcher(uri.getPath()))
                .filter(Matcher::matches)
                .map(path -> Integer.parseInt(path.group(1)))
                .orElse(0);
    }

    private static Credentials credentialsIn(URI uri) {
        return new Credentials(orEmpty(JedisURIHelper.getUser(uri)), orEmpty(JedisURIHelper.getPassword(uri)));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Optional<URI> uri() {
        return address.contains("://") ? Optional.of(URI.create(address)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "RedisSettings[mode=" + mode + ", hosts=" + hosts() + ", tls=" + usesTls() + "]";
    }
}
