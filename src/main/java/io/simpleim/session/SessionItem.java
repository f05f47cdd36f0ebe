package io.simpleim.session;

import io.simpleim.model.Session;
import org.jspecify.annotations.Nullable;

/**
 * An item of the list of a user's sessions; times are Unix seconds.
 *
 * @param expiresAt 0 = never
 * @param current whether it is the caller's own, where a user asks
 */
public record SessionItem(
        String sessionId,
        long createdAt,
        long expiresAt,
        @Nullable Boolean current) {
    static SessionItem of(Session session, @Nullable Boolean current) {
        return new SessionItem(session.id(), session.createdAt(), session.expiresAt(), current);
    }
}
