package io.simpleim.cluster;

import io.simpleim.push.Frame;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node tells others. Immutable. */
public sealed interface ClusterMessage {
    /** Rooms of more members are told of to all nodes, instead of asking of each member where it is. */
    int FEW = 16;

    /** The users whom it concerns, and so the nodes to which they are connected; empty if it is for all nodes. */
    default List<String> userIds() {
        return List.of();
    }

    /**
     * A message or an event that is to be pushed.
     *
     * @param audience who gets it
     * @param ownSession the session whose connections do not get it, since it has sent it; empty if there is none
     * @param frame what they get
     * @param message null for an event
     */
    record Push(
            String roomId,
            Audience audience,
            String ownSession,
            Frame frame,
            @Nullable Numbered message) implements ClusterMessage {
        @Override
        public List<String> userIds() {
            return audience.userIds();
        }
    }

    /**
     * What makes a push a message.
     *
     * @param isAgain whether it may have been pushed before
     */
    record Numbered(long seq, String senderId, boolean isAgain) {}

    /**
     * Who gets a push: users who are named, or the members that a room has under a version.
     *
     * @param userIds empty if it is the members of the room
     * @param except a member who does not get it; empty if there is none
     */
    record Audience(List<String> userIds, long membersVersion, String except) {
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

        /** Whether they are not named. */
        public boolean isRoom() {
            return userIds.isEmpty();
        }
    }

    /** A session was ended: connections that were opened with it are closed. For all nodes. */
    record SessionEnded(String sessionId) implements ClusterMessage {}

    /** A client of a user has said for the first time what has reached it: from now on its clients are believed. */
    record Acknowledges(String userId) implements ClusterMessage {
        @Override
        public List<String> userIds() {
            return List.of(userId);
        }
    }

    /**
     * News may have been lost: what was stored from a time on, in Unix seconds, is to be looked for. For all nodes.
     */
    record LookBack(long since) implements ClusterMessage {}
}
