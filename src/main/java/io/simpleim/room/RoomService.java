package io.simpleim.room;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.store.mongo.UserDao;
import java.time.Clock;
import java.util.List;

/**
 * Creates rooms and changes who is in them, on behalf of users. {@link RoomMemberships} keeps the invariants. Thread-safe.
 *
 * <p>All methods throw {@link RequestRejected} if the caller may not make the change, and {@link
 * io.simpleim.model.StoreUnavailableException} if the store is out of reach; a change that failed halfway is completed by
 * the next change of the same room.
 */
public final class RoomService {
    private final RoomDirectory directory;
    private final RoomMemberships memberships;
    private final UserDao users;
    private final RoomEventPublisher events;
    private final AuditLog audit;
    private final Clock clock;

    public RoomService(
            RoomDirectory directory,
            RoomMemberships memberships,
            UserDao users,
            RoomEventPublisher events,
            AuditLog audit,
            Clock clock) {
        this.directory = directory;
        this.memberships = memberships;
        this.users = users;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a room of type 2 with the user as host and only member.
     *
     * @param name a valid {@link io.simpleim.model.RoomName}, or empty
     * @return the id of the room
     */
    public String create(String userId, String name) {
        memberships.requireRoomForAnother(userId);
        Room room = newRoom(ServerId.random(), RoomType.GROUP, userId, List.of(userId), name);
        memberships.createRoom(room, List.of(userId));
        return room.roomId();
    }

    /** Returns the room of two users, and creates it if it does not exist. The head of the returned room may be empty. */
    public Room singleRoom(String userId, String peerId) {
        return directory.findPair(userId, peerId).orElseGet(() -> {
            String roomId = ServerId.ofPair(userId, peerId);
            Room room = newRoom(roomId, RoomType.SINGLE, "", List.of(userId, peerId), "");
            // Both users may do this at the same time, on two nodes: each step can be repeated.
            memberships.createRoom(room, room.userIds());
            directory.cachePair(room);
            return room;
        });
    }

    /** Makes the user a member of a room of type 2. Has no effect if the user is a member already. */
    public void enter(String userId, String roomId) {
        if (memberships.join(directory.requireGroup(roomId), userId)) {
            events.joined(roomId, userId, userId);
        }
    }

    /** Makes another user a member, on behalf of the host. Has no effect if that user is a member already. */
    public void invite(String hostId, String roomId, String userId) {
        Room room = directory.requireHost(roomId, hostId);
        if (users.find(userId).isEmpty()) {
            throw RequestRejected.because(ApiError.USER_NOT_FOUND);
        }
        if (memberships.join(room, userId)) {
            events.joined(roomId, userId, hostId);
        }
    }

    /** Ends the user's membership. */
    public void exit(String userId, String roomId) {
        Room room = directory.requireGroup(roomId);
        if (!memberships.leave(room, userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM);
        }
        events.left(room, userId, userId);
    }

    /** Ends another user's membership, on behalf of the host. */
    public void kick(String hostId, String roomId, String userId) {
        Room room = directory.requireHost(roomId, hostId);
        if (userId.equals(hostId)) {
            throw RequestRejected.invalid("user_id");
        }
        if (!memberships.leave(room, userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM, "target_not_in_room");
        }
        audit.kicked(roomId, userId, hostId);
        events.left(room, userId, hostId);
    }

    private Room newRoom(String roomId, int type, String hostId, List<String> members, String name) {
        List<String> pair = type == RoomType.SINGLE ? members : List.of();
        long now = clock.instant().getEpochSecond();
        Room.Head noMessage = new Room.Head(0, "", "", now);
        return new Room(roomId, type, RoomStatus.OPEN, hostId, pair, members.size(), 1, name, noMessage, now);
    }
}
