package io.simpleim.room;

import io.simpleim.api.ApiError;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.message.RoomHeads;
import io.simpleim.model.ConversationEntry;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes who is in a room, and keeps the room consistent with its members. Thread-safe.
 *
 * <p>Invariants, on any number of nodes and across crashes:
 *
 * <ul>
 *   <li>The memberships ({@code user_room}) are authoritative. A room's member count, host and status follow from them.
 *   <li>Every change writes the membership first and then updates the room, under the {@code members_version} that it
 *       read. If two changes are concurrent, the second finds a newer version and reads again. A crash between the two
 *       steps is repaired by the next change.
 *   <li>An entry in a user's conversation list may outlive the membership; no membership lacks its entry.
 *   <li>A room has at most {@code membersPerRoom} admitted members; see {@link #admit}.
 * </ul>
 */
public final class RoomMemberships {
    private static final int MAX_ATTEMPTS_OVER_LIMIT = 20;
    private static final int ADMISSION_LOCKS = 64;

    private final RoomDirectory directory;
    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final ChatLogDao chatLog;
    private final RoomHeads heads;
    private final RoomLimits limits;
    private final Clock clock;

    /** Lock stripes, chosen by the hash of the room id. Held during store calls, never together with another lock. */
    private final Object[] admissionLocks =
            Stream.generate(Object::new).limit(ADMISSION_LOCKS).toArray();

    public RoomMemberships(
            RoomDirectory directory,
            RoomDao rooms,
            UserRoomDao memberships,
            ChatLogDao chatLog,
            RoomHeads heads,
            RoomLimits limits,
            Clock clock) {
        this.directory = directory;
        this.rooms = rooms;
        this.memberships = memberships;
        this.chatLog = chatLog;
        this.heads = heads;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Checks that the user may be in one more room of type 2. The limit is approximate: concurrent calls may all pass.
     * Rooms of type 1 do not count, since an account that writes to all customers has a room with each of them.
     *
     * @throws RequestRejected ({@code too_many_rooms})
     */
    void requireRoomForAnother(String userId) {
        if (chatLog.hasAtLeast(userId, RoomType.GROUP, limits.roomsPerUser())) {
            throw RequestRejected.because(ApiError.TOO_MANY_ROOMS).by(Limit.ROOMS_PER_USER);
        }
    }

    /** Stores a new room with its members. The room is written last, so an incomplete room is never found. */
    void createRoom(Room room, List<String> userIds) {
        long now = clock.millis();
        List<ConversationEntry> entries = new ArrayList<>();
        userIds.forEach(userId -> entries.add(new ConversationEntry(userId, room.roomId(), room.type(), now, 0)));
        chatLog.advance(entries);
        userIds.forEach(userId -> memberships.insert(new Member(userId, room.roomId(), now)));
        rooms.insert(room);
    }

    /**
     * Makes a user a member.
     *
     * @return false if the user was a member already
     * @throws RequestRejected ({@code room_full}, {@code too_many_rooms}, {@code room_not_found})
     */
    boolean join(Room room, String userId) {
        Set<String> before = directory.membersOf(room);
        // A member that is cached but not stored has a leave that failed halfway: the user joins again.
        if (before.contains(userId) && isStored(room, userId)) {
            return false;
        }
        if (before.size() >= limits.membersPerRoom() && !before.contains(userId)) {
            throw RequestRejected.because(ApiError.ROOM_FULL).by(Limit.MEMBERS_PER_ROOM);
        }
        requireRoomForAnother(userId);
        // Read before the membership exists: messages from then on count as missed if the user is not connected.
        long lastSeq = heads.lastSeq(room);
        addToList(room, userId, lastSeq);
        boolean isNew = memberships.insert(new Member(userId, room.roomId(), clock.millis()));
        // Repeated, since a concurrent leave of the same user may have deleted the entry in between.
        addToList(room, userId, lastSeq);
        if (isNew) {
            admit(room, userId);
        } else {
            alignRoom(room.roomId());
        }
        return isNew;
    }

    /**
     * Ends a membership.
     *
     * @return false if the user was no member
     */
    boolean leave(Room room, String userId) {
        // A member that is cached but not stored has a leave that failed halfway: it is completed here.
        if (!memberships.delete(room.roomId(), userId)
                && !directory.membersOf(room).contains(userId)) {
            return false;
        }
        alignRoom(room.roomId());
        removeFromList(room, userId);
        return true;
    }

    /**
     * Admits a member whose membership was just written, or revokes the membership.
     *
     * <p>A member is admitted by updating the room under a version at which all members, including itself, were within the
     * limit. The last member admitted has counted all others, so the limit holds in whatever order memberships become
     * visible. Members over the limit are about to be revoked, so a member that ranks before them tries again up to {@value
     * #MAX_ATTEMPTS_OVER_LIMIT} times.
     */
    private void admit(Room room, String userId) {
        // Serialised on this node: otherwise each of many users who enter at once would make most others start again.
        synchronized (admissionLocks[Math.floorMod(room.roomId().hashCode(), admissionLocks.length)]) {
            tryToAdmit(room, userId);
        }
    }

    private void tryToAdmit(Room room, String userId) {
        for (int attempts = 0; attempts < MAX_ATTEMPTS_OVER_LIMIT; ) {
            Room now = rooms.find(room.roomId()).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
            if (!now.isOpen()) {
                revoke(room, userId);
                throw RequestRejected.because(ApiError.ROOM_NOT_FOUND);
            }
            Set<String> members = directory.readMembers(room.roomId());
            if (rank(members, userId) >= limits.membersPerRoom()) {
                break;
            }
            if (members.size() > limits.membersPerRoom()) {
                attempts++;
            } else if (updateRoom(now, members)) {
                return;
            }
        }
        revoke(room, userId);
        throw RequestRejected.because(ApiError.ROOM_FULL).by(Limit.MEMBERS_PER_ROOM);
    }

    /** The number of members that joined before the user. */
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

    private void revoke(Room room, String userId) {
        memberships.delete(room.roomId(), userId);
        alignRoom(room.roomId());
        removeFromList(room, userId);
    }

    /** Adds the room to the user's list, with all messages up to {@code readSeq} marked as read. */
    private void addToList(Room room, String userId, long readSeq) {
        chatLog.advance(List.of(new ConversationEntry(userId, room.roomId(), room.type(), clock.millis(), readSeq)));
    }

    /** Removes the room from the list of a user who has left, unless the user has joined again meanwhile. */
    private void removeFromList(Room room, String userId) {
        chatLog.delete(room.roomId(), userId);
        if (isStored(room, userId)) {
            addToList(room, userId, heads.lastSeq(room));
        }
    }

    private boolean isStored(Room room, String userId) {
        return !memberships.roomsAmong(userId, List.of(room.roomId())).isEmpty();
    }

    /** Updates a room from its memberships, again if another change intervenes. A dismissed room is left unchanged. */
    private void alignRoom(String roomId) {
        Room room;
        do {
            room = rooms.find(roomId).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
        } while (room.isOpen() && !updateRoom(room, directory.readMembers(roomId)));
    }

    /**
     * Writes member count, host and status.
     *
     * @param members read after {@code room}
     * @return false if the room has changed since it was read
     */
    private boolean updateRoom(Room room, Set<String> members) {
        String host = members.isEmpty() || members.contains(room.hostUserId())
                ? room.hostUserId()
                : members.iterator().next();
        int status = members.isEmpty() ? RoomStatus.DISMISSED : RoomStatus.OPEN;
        return rooms.changeMembers(room.roomId(), room.membersVersion(), members.size(), host, status);
    }
}
