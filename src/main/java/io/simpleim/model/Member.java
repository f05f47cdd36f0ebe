package io.simpleim.model;

/**
 * A user's membership in a room.
 *
 * @param joinedAtMillis Unix milliseconds; orders the members, the longest-standing first
 */
public record Member(String userId, String roomId, long joinedAtMillis) {}
