package io.simpleim.model;

/** The published kinds of rooms. */
public final class RoomType {
    /** The one room of two users. */
    public static final int SINGLE = 1;

    /** A room with a host, which users enter and leave. */
    public static final int GROUP = 2;

    private RoomType() {}
}
