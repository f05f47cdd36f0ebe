package io.simpleim.room;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.audit.AuditLog;
import io.simpleim.message.RoomHeads;
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
import java.util.stream.Stream;

/**
 * Rooms and who is in them. Thread-safe.
 *
 * <p>The memberships are the truth; the room's host, count and status follow from them. Every change writes its
 * membership first and then brings the room in line ({@link #align}), under the version of the members that it has read:
 * whoever is second reads again. So two changes at once, on any nodes, end in a room that fits its members, and a crash
 * between the two steps is mended by the next change.
 */
public final class RoomService {
    private static final int MAX_TRIES_OVER_LIMIT = 20;
    private static final int TURNS = 64;

    private final RoomDirectory directory;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao chatLog;
    private final UserDao users;
    private final RoomHeads heads;
    private final RoomEventPublisher events;
    private final Limits limits;
    private final AuditLog audit;
    private final Clock clock;
    /** Held while the store is asked, and under no other lock. */
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    /**
     * How much there may be.
     *
     * @param membersPerRoom {@code [limits] membersPerRoom}
     * @param roomsPerUser {@code [limits] roomsPerUser}
     */
    public record Limits(int membersPerRoom, int roomsPerUser) {}

    public RoomService(
            RoomDirectory directory,
            RoomDao rooms,
            UserRoomDao memberships,
            ChatLogDao chatLog,
            UserDao users,
            RoomHeads heads,
            RoomEventPublisher events,
            Limits limits,
            AuditLog audit,
            Clock clock) {
        this.directory = directory;
        this.rooms = rooms;
        this.memberships = memberships;
        this.chatLog = chatLog;
        this.users = users;
        this.heads = heads;
        this.events = events;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a room whose host and only member is the user; gives its id.
     *
     * @param name as {@link io.simpleim.model.RoomName} has it, or empty
     */
    public String create(String userId, String name) {
        requireFewRooms(userId);
        Room room = newRoom(ServerId.random(), RoomType.GROUP, userId, List.of(userId), name);
        store(room, List.of(userId));
        return room.roomId();
    }

    /** The one room of two users, made if it is not there; maybe without its head. */
    public Room singleRoom(String userId, String peerId) {
        return directory.pair(userId, peerId).orElseGet(() -> {
            String roomId = ServerId.ofPair(userId, peerId);
            Room room = newRoom(roomId, RoomType.SINGLE, "", List.of(userId, peerId), "");
            // Both users, or both nodes, may be doing the same: every step can be done twice.
            store(room, room.userIds());
            directory.rememberPair(room);
            return room;
        });
    }

    /** Makes the user a member. Entering again changes nothing. */
    public void enter(String userId, String roomId) {
        if (join(directory.requireGroup(roomId), userId)) {
            events.joined(roomId, userId, userId);
        }
    }

    /** Makes another user a member, at the host's wish. */
    public void invite(String hostId, String roomId, String userId) {
        Room room = directory.requireHost(roomId, hostId);
        if (users.find(userId).isEmpty()) {
            throw RequestRejected.because(ApiError.USER_NOT_FOUND);
        }
        if (join(room, userId)) {
            events.joined(roomId, userId, hostId);
        }
    }

    /** Ends the user's membership. */
    public void exit(String userId, String roomId) {
        Room room = directory.requireGroup(roomId);
        if (!leave(room, userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM);
        }
        events.left(room, userId, userId);
    }

    /** Ends another user's membership, at the host's wish. */
    public void kick(String hostId, String roomId, String userId) {
        Room room = directory.requireHost(roomId, hostId);
        if (userId.equals(hostId)) {
            throw RequestRejected.invalid("user_id");
        }
        if (!leave(room, userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM, "target_not_in_room");
        }
        audit.kicked(roomId, userId, hostId);
        events.left(room, userId, hostId);
    }

    /**
     * About the number: of several at the same moment all may pass. The rooms of two do not count: an account that
     * writes to all customers has one with each.
     */
    private void requireFewRooms(String userId) {
        if (chatLog.hasAtLeast(userId, RoomType.GROUP, limits.roomsPerUser)) {
            throw RequestRejected.because(ApiError.TOO_MANY_ROOMS).by(Limit.ROOMS_PER_USER);
        }
    }

    private Room newRoom(String roomId, int type, String hostId, List<String> members, String name) {
        List<String> pair = type == RoomType.SINGLE ? members : List.of();
        long now = clock.instant().getEpochSecond();
        Room.Head noMessage = new Room.Head(0, "", "", now);
        return new Room(roomId, type, RoomStatus.OPEN, hostId, pair, members.size(), 1, name, noMessage, now);
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

    /** Whether the user was no member before. */
    private boolean join(Room room, String userId) {
        Set<String> before = directory.membersOf(room);
        // One that is remembered but not stored has left half-way, and enters anew.
        if (before.contains(userId) && isStored(room, userId)) {
            return false;
        }
        if (before.size() >= limits.membersPerRoom && !before.contains(userId)) {
            throw RequestRejected.because(ApiError.ROOM_FULL).by(Limit.MEMBERS_PER_ROOM);
        }
        requireFewRooms(userId);
        // As of before the membership: what is said from then on is missed by who is not connected.
        long lastSeq = heads.lastSeq(room);
        list(room, userId, lastSeq);
        boolean isNew = memberships.insert(new Member(userId, room.roomId(), clock.millis()));
        // Again: a leaving of the same user that is under way may have deleted the entry in between.
        list(room, userId, lastSeq);
        if (isNew) {
            admit(room, userId);
        } else {
            align(room.roomId());
        }
        return isNew;
    }

    /** Puts the room in the user's list. Who enters starts with nothing unread: what was said before is history. */
    private void list(Room room, String userId, long lastSeq) {
        chatLog.advance(List.of(new ConversationEntry(userId, room.roomId(), room.type(), clock.millis(), lastSeq)));
    }

    /**
     * Lets a member that has just been written stay, or takes the membership back.
     *
     * <p>Whoever stays has changed the room under a version at which all members, itself included, were within the
     * limit; of those who stay, the last one to do so has counted all others. So the limit holds, in whatever order
     * memberships become visible. Members over the limit will be gone in a moment if they have not been let in yet: one
     * who stands before them looks again before it gives up.
     */
    private void admit(Room room, String userId) {
        // One after the other on this node: of many who enter at once, each would have most others begin again.
        synchronized (turns[Math.floorMod(room.roomId().hashCode(), turns.length)]) {
            admitInTurn(room, userId);
        }
    }

    private void admitInTurn(Room room, String userId) {
        for (int tries = 0; tries < MAX_TRIES_OVER_LIMIT; ) {
            Room now = rooms.find(room.roomId()).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
            if (!now.isOpen()) {
                takeBack(room, userId);
                throw RequestRejected.because(ApiError.ROOM_NOT_FOUND);
            }
            Set<String> members = directory.read(room.roomId());
            if (rank(members, userId) >= limits.membersPerRoom) {
                break;
            }
            if (members.size() > limits.membersPerRoom) {
                tries++;
            } else if (bringInLine(now, members)) {
                return;
            }
        }
        takeBack(room, userId);
        throw RequestRejected.because(ApiError.ROOM_FULL).by(Limit.MEMBERS_PER_ROOM);
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

    private void takeBack(Room room, String userId) {
        memberships.delete(room.roomId(), userId);
        align(room.roomId());
        forget(room, userId);
    }

    private boolean leave(Room room, String userId) {
        // One that is remembered but not stored is left over from a leaving that failed half-way: it goes on from
        // there.
        if (!memberships.delete(room.roomId(), userId)
                && !directory.membersOf(room).contains(userId)) {
            return false;
        }
        align(room.roomId());
        forget(room, userId);
        return true;
    }

    /** Takes the room out of the list of a user who has left, unless the user has entered again meanwhile. */
    private void forget(Room room, String userId) {
        chatLog.delete(room.roomId(), userId);
        if (isStored(room, userId)) {
            list(room, userId, heads.lastSeq(room));
        }
    }

    private boolean isStored(Room room, String userId) {
        return !memberships.roomsAmong(userId, List.of(room.roomId())).isEmpty();
    }

    /** Brings a room in line with its members. A room that is dismissed stays so. */
    private void align(String roomId) {
        Room room;
        do {
            room = rooms.find(roomId).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
        } while (room.isOpen() && !bringInLine(room, directory.read(roomId)));
    }

    /** As {@link #align}, with members that were read after the room; false if the room has changed since. */
    private boolean bringInLine(Room room, Set<String> members) {
        String host = members.isEmpty() || members.contains(room.hostUserId())
                ? room.hostUserId()
                : members.iterator().next();
        int status = members.isEmpty() ? RoomStatus.DISMISSED : RoomStatus.OPEN;
        return rooms.changeMembers(room.roomId(), room.membersVersion(), members.size(), host, status);
    }
}
