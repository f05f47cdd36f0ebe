package io.simpleim.audit;

import java.util.Locale;

/** Why a session has ended. The lower-case name is the audit log's {@code reason}. */
public enum SessionEnd {
    /** The user has logged out with the session's own token. */
    LOGGED_OUT,
    /** Its time had come. */
    EXPIRED,
    /** The user has ended it from another session. */
    BY_USER,
    /** A partner has ended it. */
    BY_PARTNER;

    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
