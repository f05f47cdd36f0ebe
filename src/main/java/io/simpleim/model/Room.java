package io.simpleim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored room.
 *
 * @param type one of {@link RoomType}
 * @param status one of {@link RoomStatus}
 * @param hostUserId empty in a room of type 1, which has no host
 * @param userIds the two users of a room of type 1; empty in other rooms, whose members are stored separately
 * @param membersVersion grows with every change of the members; a member list read at one version stays valid until the
 *     version changes
 * @param head the newest message, or a placeholder while there is none
 * @param createdAt Unix seconds
 */
public record Room(
        String roomId,
        int type,
        int status,
        String hostUserId,
        List<String> userIds,
        int memberCount,
        long membersVersion,
        String name,
        Head head,
        long createdAt) {

    public Room {
        userIds = List.copyOf(userIds);
    }

    /**
     * The newest message of a room.
     *
     * @param seq its number, 0 while there is none
     * @param userId its sender, empty while there is none
     * @param messageId empty while there is none
     * @param updatedAt its time in Unix seconds; the time of the room's creation while there is none
     */
    public record Head(long seq, String userId, String messageId, long updatedAt) {}

    /** Returns a copy with a newer message. */
    public Room withHead(Head newest) {
        return new Room(
                roomId, type, status, hostUserId, userIds, memberCount, membersVersion, name, newest, createdAt);
    }

    public boolean isOpen() {
        return status == RoomStatus.OPEN;
    }

    public boolean isSingle() {
        return type == RoomType.SINGLE;
    }

    /** The other user of a room of type 1; null for other rooms. */
    public @Nullable String peerOf(String userId) {
        if (userIds.size() != 2) {
            return null;
        }
        return userIds.get(0).equals(userId) ? userIds.get(1) : userIds.get(0);
    }
}
