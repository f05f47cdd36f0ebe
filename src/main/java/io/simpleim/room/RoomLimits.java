package io.simpleim.room;

/**
 * Limits of rooms.
 *
 * @param membersPerRoom {@code [limits] membersPerRoom}
 * @param roomsPerUser {@code [limits] roomsPerUser}; counts rooms of type 2 only
 */
public record RoomLimits(int membersPerRoom, int roomsPerUser) {}
