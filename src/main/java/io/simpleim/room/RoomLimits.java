package io.simpleim.room;

/**
 * Limits of rooms.
 *
 * @param membersPerRoom {@code [limits] membersPerRoom}; maximum number of members of one room
 * @param roomsPerUser {@code [limits] roomsPerUser}; maximum number of rooms of type 2 that one user is in
 */
public record RoomLimits(int membersPerRoom, int roomsPerUser) {}
