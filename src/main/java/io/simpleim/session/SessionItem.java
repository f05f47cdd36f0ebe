package io.simpleim.session;

import io.simpleim.model.Session;
import org.jspecify.annotations.Nullable;

/**
 * An item of a user's session list; times are Unix seconds.
 *
 * @param expiresAt 0 if the session never expires
 * @param current whether this is the caller's session; null in a partner's list
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
