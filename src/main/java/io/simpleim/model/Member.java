package io.simpleim.model;

/**
 * A user's membership in a room.
 *
 * @param joinedAtMillis Unix milliseconds; orders the members from the longest-standing to the newest
 */
public record Member(String userId, String roomId, long joinedAtMillis) {}
