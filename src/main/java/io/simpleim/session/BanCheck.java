package io.simpleim.session;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.model.User;
import io.simpleim.store.mongo.UserDao;
import java.time.Duration;
import java.util.function.Predicate;

/** Refuses banned users. Partners ban users directly in the store, so this node has to query it. Thread-safe. */
public final class BanCheck {
    /** Maximum time that a user still passes after being banned while logged in. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(5);

    private static final int MAX_USERS = 100_000;

    private final Predicate<String> store;
    private final LoadingCache<String, Boolean> recent;

    /** @param store queries whether the user with an id is banned; may throw */
    public BanCheck(Predicate<String> store) {
        this.store = store;
        this.recent = Caffeine.newBuilder()
                .maximumSize(MAX_USERS)
                .expireAfterWrite(CACHED_FOR)
                .build(store::test);
    }

    /** A check against the users of a store. */
    public static BanCheck of(UserDao users) {
        return new BanCheck(userId -> users.find(userId).filter(User::isBanned).isPresent());
    }

    /**
     * Checks a user who is logged in; the answer may be a few seconds old.
     *
     * @throws RequestRejected ({@code user_banned})
     * @throws io.simpleim.model.StoreUnavailableException if the store has to be queried and is out of reach
     */
    public void requireNotBanned(String userId) {
        refuse(recent.get(userId));
    }

    /** As {@link #requireNotBanned}, but always queries the store. */
    void requireNotBannedNow(String userId) {
        refuse(store.test(userId));
    }

    private static void refuse(boolean isBanned) {
        if (isBanned) {
            throw RequestRejected.because(ApiError.USER_BANNED);
        }
    }
}
