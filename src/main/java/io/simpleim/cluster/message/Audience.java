package io.simpleim.cluster.message;

import java.util.Collection;
import java.util.List;

/**
 * The users who get a push: either they are named, or they are the members of the room.
 *
 * @param userIds empty if the members of the room get it
 * @param membersVersion the version of the room's member list that applies; 0 if users are named
 * @param except a member to leave out; empty to leave out nobody
 */
public record Audience(List<String> userIds, long membersVersion, String except) {
    /** A larger audience is not named: all nodes get the push, which is cheaper than locating every user. */
    public static final int MAX_NAMED = 16;

    private static final String USERS = "to";
    private static final String VERSION = "version";
    private static final String EXCEPT = "except";

    public Audience {
        userIds = List.copyOf(userIds);
    }

    public static Audience of(Collection<String> userIds) {
        return new Audience(List.copyOf(userIds), 0, "");
    }

    /** @param except empty if all members get it */
    public static Audience ofRoom(long membersVersion, String except) {
        return new Audience(List.of(), membersVersion, except);
    }

    static Audience read(MessageReader in) {
        return new Audience(
                in.texts(USERS), in.number(VERSION).orElse(0), in.text(EXCEPT).orElse(""));
    }

    void write(MessageWriter out) {
        if (!isRoom()) {
            out.put(USERS, userIds);
            return;
        }
        out.put(VERSION, membersVersion);
        if (!except.isEmpty()) {
            out.put(EXCEPT, except);
        }
    }

    /** Whether the members of the room get it. */
    public boolean isRoom() {
        return userIds.isEmpty();
    }
}
