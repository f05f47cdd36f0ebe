package io.simpleim.http.user;

import io.simpleim.model.Session;
import org.jspecify.annotations.Nullable;

/**
 * An item of both {@code get_session_list} calls on the wire. Times are in Unix seconds.
 *
 * @param expiresAt 0 = never
 * @param current whether it is the caller's own session; null, and left out, if a partner asks
 */
record SessionListItem(
        String sessionId,
        long createdAt,
        long expiresAt,
        @Nullable Boolean current) {

    static SessionListItem forPartner(Session session) {
        return new SessionListItem(session.id(), session.createdAt(), session.expiresAt(), null);
    }

    static SessionListItem forUser(Session session, Session caller) {
        boolean isCurrent = session.id().equals(caller.id());
        return new SessionListItem(session.id(), session.createdAt(), session.expiresAt(), isCurrent);
    }
}
