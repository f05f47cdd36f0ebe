package io.simpleim.model;

/**
 * How far a user has got in a room.
 *
 * @param activeAtMillis Unix milliseconds of the room's last activity, as the user's conversation list has it
 * @param ackSeq all up to this number has reached the user
 */
public record Cursor(String roomId, long activeAtMillis, long ackSeq) {}
