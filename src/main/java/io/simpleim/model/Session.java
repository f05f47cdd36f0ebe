package io.simpleim.model;

/**
 * One login of a user, from the token's issue to its end. It is alive while it stands in the store and has not expired.
 *
 * @param id the token's {@code jti}; of a token that an earlier system has made, {@link #LEGACY_PREFIX} and its hash
 * @param createdAt Unix seconds
 * @param expiresAt Unix seconds, 0 = never; negative once a session has ended that has to be remembered
 */
public record Session(String id, String userId, long createdAt, long expiresAt) {
    public static final String LEGACY_PREFIX = "legacy-";

    /** Whether the session's token would open it anew, if it were forgotten. */
    public boolean isLegacy() {
        return id.startsWith(LEGACY_PREFIX);
    }

    /** Whether the session has ended at a time in Unix seconds. */
    public boolean isExpiredAt(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
