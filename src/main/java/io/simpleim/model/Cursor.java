package io.simpleim.model;

/**
 * The ack position of a user in a room.
 *
 * @param activeAtMillis Unix milliseconds of the room's last activity, as shown in the user's conversation list
 * @param ackSeq all messages up to this number have reached the user
 */
public record Cursor(String roomId, long activeAtMillis, long ackSeq) {}
