package io.simpleim.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.store.mongo.UserDao;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the users whose clients acknowledge messages. From a user's first acknowledgement on, only acknowledgements count
 * for that user, and receipts are ignored. Thread-safe.
 */
final class AckingUsers {
    private static final int MAX_USERS = 100_000;

    private final UserDao users;
    private final Consumer<String> announcer;
    /** Whether each loaded user acknowledges. */
    private final Cache<String, Boolean> acking =
            Caffeine.newBuilder().maximumSize(MAX_USERS).build();

    /** @param announcer announces to other nodes that a user acknowledges */
    AckingUsers(UserDao users, Consumer<String> announcer) {
        this.users = users;
        this.announcer = announcer;
    }

    /**
     * Loads a user who has connected. Queries the store.
     *
     * @throws io.simpleim.model.StoreUnavailableException if the store is out of reach
     */
    void load(String userId) {
        acking.put(userId, users.acks(userId));
    }

    /**
     * Notes that a client has acknowledged on this node. The first time, this is stored and announced.
     *
     * @throws io.simpleim.model.StoreUnavailableException if it has to be stored and the store is out of reach
     */
    void add(String userId) {
        if (!Boolean.TRUE.equals(acking.getIfPresent(userId))) {
            users.noteAcks(userId);
            acking.put(userId, true);
            announcer.accept(userId);
        }
    }

    /** Notes that a client has acknowledged on another node. Ignored for users who are not loaded here. */
    void addAnnounced(String userId) {
        acking.asMap().computeIfPresent(userId, (id, isAcking) -> true);
    }

    /** Whether the user acknowledges; null if the user is not loaded. */
    @Nullable
    Boolean isAcking(String userId) {
        return acking.getIfPresent(userId);
    }
}
