package io.simpleim.model;

/** The published states of a room. */
public final class RoomStatus {
    public static final int OPEN = 1;

    /** The last member has left; the room is no longer found. */
    public static final int DISMISSED = -1;

    private RoomStatus() {}
}
