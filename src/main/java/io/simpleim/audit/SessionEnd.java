package io.simpleim.audit;

import java.util.Locale;

/** The reason for the end of a session. The lower-case name is the audit log's {@code reason}. */
public enum SessionEnd {
    /** The user logged out with the session's own token. */
    LOGGED_OUT,
    /** The session reached its expiry time. */
    EXPIRED,
    /** The user ended it from another session. */
    BY_USER,
    /** A partner ended it. */
    BY_PARTNER;

    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
