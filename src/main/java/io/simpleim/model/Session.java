package io.simpleim.model;

/**
 * One login of a user, from the token's issue to its end. While the session stands in the store it is alive.
 *
 * @param id the token's {@code jti}
 * @param createdAt Unix seconds
 * @param expiresAt Unix seconds, 0 = never
 */
public record Session(String id, String userId, long createdAt, long expiresAt) {
    /** Whether the session has ended by itself at a time in Unix seconds. */
    public boolean isExpiredAt(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
