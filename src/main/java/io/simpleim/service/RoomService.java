package io.simpleim.service;

import io.simpleim.api.ApiError;
import io.simpleim.api.Refused;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rooms and who is in them. Thread-safe.
 *
 * <p>The memberships are the truth; the room's host, count and status follow from them. Every change writes its
 * membership first and then brings the room in line ({@link #align}), under the version of the members that it has read:
 * whoever is second reads again. So two changes at once, on any nodes, end in a room that fits its members, and a crash
 * between the two steps is mended by the next change.
 */
public final class RoomService {
    private final RoomDirectory directory;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao chatLog;
    private final UserDao users;
    private final int maxMembers;
    private final Clock clock;

    /** @param maxMembers {@code [limits] membersPerRoom} */
    public RoomService(
            RoomDirectory directory,
            RoomDao rooms,
            UserRoomDao memberships,
            ChatLogDao chatLog,
            UserDao users,
            int maxMembers,
            Clock clock) {
        this.directory = directory;
        this.rooms = rooms;
        this.memberships = memberships;
        this.chatLog = chatLog;
        this.users = users;
        this.maxMembers = maxMembers;
        this.clock = clock;
    }

    /** Creates a room whose host and only member is the user; gives its id. */
    public String create(String userId) {
        Room room = newRoom(ServerId.random(), RoomType.GROUP, userId, List.of(), 1);
        store(room, List.of(userId));
        return room.roomId();
    }

    /** The one room of two users, made if it is not there. */
    public Room singleRoom(String userId, String peerId) {
        String roomId = ServerId.ofPair(userId, peerId);
        return rooms.find(roomId).orElseGet(() -> {
            // Both users, or both nodes, may be doing the same: every step can be done twice.
            store(newRoom(roomId, RoomType.SINGLE, "", List.of(userId, peerId), 2), List.of(userId, peerId));
            return directory.require(roomId);
        });
    }

    /** Makes the user a member. Entering again changes nothing. */
    public void enter(String userId, String roomId) {
        join(directory.requireGroup(roomId), userId);
    }

    /** Makes another user a member, at the host's wish. */
    public void invite(String hostId, String roomId, String userId) {
        Room room = requireHost(hostId, roomId);
        if (users.find(userId).isEmpty()) {
            throw Refused.because(ApiError.USER_NOT_FOUND);
        }
        join(room, userId);
    }

    /** Ends the user's membership. */
    public void exit(String userId, String roomId) {
        Room room = directory.requireGroup(roomId);
        if (!leave(room, userId)) {
            throw Refused.because(ApiError.NOT_IN_ROOM);
        }
    }

    /** Ends another user's membership, at the host's wish. */
    public void kick(String hostId, String roomId, String userId) {
        Room room = requireHost(hostId, roomId);
        if (userId.equals(hostId)) {
            throw Refused.invalid("user_id");
        }
        if (!leave(room, userId)) {
            throw Refused.because(ApiError.NOT_IN_ROOM, "target_not_in_room");
        }
    }

    private Room requireHost(String userId, String roomId) {
        Room room = directory.requireGroup(roomId);
        if (!room.hostUserId().equals(userId)) {
            throw Refused.because(ApiError.NOT_ROOM_HOST);
        }
        return room;
    }

    private Room newRoom(String roomId, int type, String hostId, List<String> userIds, int members) {
        long now = clock.instant().getEpochSecond();
        Room.Head noMessage = new Room.Head(0, "", "", now);
        return new Room(roomId, type, RoomStatus.OPEN, hostId, userIds, members, 1, "", noMessage, now);
    }

    /** The room comes last: it is found only when all else is there. */
    private void store(Room room, List<String> userIds) {
        long now = clock.millis();
        List<ConversationEntry> entries = new ArrayList<>();
        userIds.forEach(userId -> entries.add(new ConversationEntry(userId, room.roomId(), room.type(), now, 0)));
        chatLog.advance(entries);
        userIds.forEach(userId -> memberships.insert(new Member(userId, room.roomId(), now)));
        rooms.insert(room);
    }

    private void join(Room room, String userId) {
        Set<String> before = directory.membersOf(room);
        if (before.contains(userId)) {
            return;
        }
        if (before.size() >= maxMembers) {
            throw Refused.because(ApiError.ROOM_FULL);
        }
        long now = clock.millis();
        // Who enters starts with nothing unread: what was said before is history.
        chatLog.advance(List.of(new ConversationEntry(
                userId, room.roomId(), room.type(), now, room.head().seq())));
        memberships.insert(new Member(userId, room.roomId(), now));
        Room aligned = align(room.roomId());
        Set<String> members = directory.membersOf(aligned);
        if (!aligned.isOpen()) {
            takeBack(room.roomId(), userId);
            throw Refused.because(ApiError.ROOM_NOT_FOUND);
        }
        if (rank(members, userId) >= maxMembers) {
            takeBack(room.roomId(), userId);
            throw Refused.because(ApiError.ROOM_FULL);
        }
    }

    /** How many members stand longer than the user. Of several who enter at once, those within the limit may stay. */
    private static int rank(Set<String> members, String userId) {
        int rank = 0;
        for (String member : members) {
            if (member.equals(userId)) {
                return rank;
            }
            rank++;
        }
        return rank;
    }

    private void takeBack(String roomId, String userId) {
        memberships.delete(roomId, userId);
        align(roomId);
        chatLog.delete(roomId, userId);
    }

    private boolean leave(Room room, String userId) {
        if (!memberships.delete(room.roomId(), userId)) {
            return false;
        }
        align(room.roomId());
        chatLog.delete(room.roomId(), userId);
        return true;
    }

    /** Brings a room in line with its members; gives what it has become. A room that is dismissed stays so. */
    private Room align(String roomId) {
        while (true) {
            Room room = rooms.find(roomId).orElseThrow(() -> Refused.because(ApiError.ROOM_NOT_FOUND));
            if (!room.isOpen()) {
                return room;
            }
            Set<String> members = directory.read(roomId);
            String host = members.isEmpty() || members.contains(room.hostUserId())
                    ? room.hostUserId()
                    : members.iterator().next();
            int status = members.isEmpty() ? RoomStatus.DISMISSED : RoomStatus.OPEN;
            if (rooms.changeMembers(roomId, room.membersVersion(), members.size(), host, status)) {
                return rooms.find(roomId).orElseThrow();
            }
        }
    }
}
