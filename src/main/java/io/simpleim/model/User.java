package io.simpleim.model;

/**
 * A stored user.
 *
 * @param status {@link #ACTIVE} or {@link #BANNED}
 */
public record User(String userId, int status) {
    public static final int ACTIVE = 1;
    public static final int BANNED = -1;

    public boolean isBanned() {
        return status == BANNED;
    }
}
