package io.simpleim.model;

/**
 * One login of a user, from the moment its token is issued. A session is alive while it is stored and has not expired.
 *
 * @param id the token's {@code jti}; for a token of an earlier system, {@link #LEGACY_PREFIX} and a hash
 * @param createdAt Unix seconds
 * @param expiresAt Unix seconds, 0 = never; negative for the tombstone of a legacy session
 */
public record Session(String id, String userId, long createdAt, long expiresAt) {
    public static final String LEGACY_PREFIX = "legacy-";

    /** Whether its token would open the session again if no tombstone were kept. */
    public boolean isLegacy() {
        return id.startsWith(LEGACY_PREFIX);
    }

    /** Whether the session has ended at a time in Unix seconds. */
    public boolean isExpiredAt(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
