package io.simpleim.model;

/**
 * A stored user.
 *
 * @param loginStatus 1 while the user has a session, else 0
 * @param lastLoginTime Unix seconds, 0 = never
 * @param lastLoginOutTime Unix seconds at which the user's last session ended, 0 = never
 * @param status {@link #ACTIVE} or {@link #BANNED}
 * @param createdAt Unix seconds
 */
public record User(
        String userId, int loginStatus, long lastLoginTime, long lastLoginOutTime, int status, long createdAt) {
    public static final int ACTIVE = 1;
    public static final int BANNED = -1;

    public boolean isBanned() {
        return status == BANNED;
    }
}
