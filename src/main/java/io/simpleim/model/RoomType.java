package io.simpleim.model;

/** The published room types. */
public final class RoomType {
    /** The direct room of two users; each pair has one. */
    public static final int SINGLE = 1;

    /** A room with a host that users enter and leave. */
    public static final int GROUP = 2;

    private RoomType() {}
}
