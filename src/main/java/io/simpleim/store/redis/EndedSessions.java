package io.simpleim.store.redis;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The channel on which nodes tell each other that a session was ended. A message that nobody hears is lost: the store
 * has the truth, and who listens again looks there. Thread-safe.
 */
public final class EndedSessions {
    private static final Logger log = LoggerFactory.getLogger(EndedSessions.class);
    private static final String CHANNEL = "im:sessions:ended";

    private final RedisStore redis;

    public EndedSessions(RedisStore redis) {
        this.redis = redis;
    }

    /** @throws io.simpleim.model.StoreUnavailableException if Redis is out of reach */
    public void publish(String sessionId) {
        redis.publish(CHANNEL, sessionId);
    }

    /**
     * Listens on the calling thread until the listening is ended or the connection breaks.
     *
     * @throws io.simpleim.model.StoreUnavailableException if Redis is or gets out of reach
     */
    public void listen(Listening listening) {
        try {
            redis.subscribe(listening, CHANNEL);
        } finally {
            listening.active = false;
        }
    }

    /** One subscription. */
    public static final class Listening extends JedisPubSub {
        private final Runnable onSubscribed;
        private final Consumer<String> onEnded;
        // The library goes on believing in a subscription whose connection has broken.
        private volatile boolean active;
        private volatile boolean ended;

        /**
         * @param onSubscribed called once nothing is missed any more
         * @param onEnded called with the id of each session that was ended from then on
         */
        public Listening(Runnable onSubscribed, Consumer<String> onEnded) {
            this.onSubscribed = onSubscribed;
            this.onEnded = onEnded;
        }

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            active = true;
            if (ended) {
                unsubscribe();
            } else {
                onSubscribed.run();
            }
        }

        @Override
        public void onMessage(String channel, String sessionId) {
            onEnded.accept(sessionId);
        }

        /** Ends the subscription from another thread, also one that is about to begin; never fails. */
        public void end() {
            ended = true;
            if (!active) {
                return;
            }
            try {
                unsubscribe();
            } catch (JedisException e) {
                log.debug("The subscription has broken before it was ended: {}", e.getMessage());
            }
        }
    }
}
