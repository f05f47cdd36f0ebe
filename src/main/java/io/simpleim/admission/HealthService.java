package io.simpleim.admission;

import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.redis.RedisStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether this node accepts requests and its stores answer. Thread-safe. */
public final class HealthService {
    private static final Logger log = LoggerFactory.getLogger(HealthService.class);

    private final MongoStore mongo;
    private final RedisStore redis;
    private final Availability availability;

    public HealthService(Availability availability, MongoStore mongo, RedisStore redis) {
        this.availability = availability;
        this.mongo = mongo;
        this.redis = redis;
    }

    /**
     * The result of a check.
     *
     * @param server {@code starting}, {@code up} or {@code stopping}
     * @param mongo {@code up} or {@code down}
     * @param redis {@code up} or {@code down}
     */
    public record Health(String server, String mongo, String redis) {
        public boolean isReady() {
            return server.equals("up") && mongo.equals("up") && redis.equals("up");
        }
    }

    /** Pings both stores; blocks for a few seconds at most. */
    public Health check() {
        return new Health(availability.toString(), state(mongo::ping), state(redis::ping));
    }

    private static String state(Runnable ping) {
        try {
            ping.run();
            return "up";
        } catch (RuntimeException e) {
            log.warn("{}", e.getMessage());
            return "down";
        }
    }
}
