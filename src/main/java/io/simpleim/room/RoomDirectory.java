package io.simpleim.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.model.RoomStatus;
import io.simpleim.model.RoomType;
import io.simpleim.model.ServerId;
import io.simpleim.store.mongo.RoomDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rooms and their members. Thread-safe.
 *
 * <p>The room itself is read every time, by its id; its members, which may be thousands, are remembered under the version
 * that the room has. A change on any node gives the room another version, so a list that is out of date is never used,
 * and no node has to be told. That the room of two users is there needs no asking again at all: it has these two for
 * ever.
 */
public final class RoomDirectory {
    private static final long MAX_REMEMBERED_MEMBERS = 1_000_000;

    /** Of about 200 bytes each. */
    private static final long MAX_REMEMBERED_PAIRS = 200_000;

    /** After this a room of two that has vanished from the store, by whatever hand, is made again. */
    private static final Duration PAIR_KEPT = Duration.ofMinutes(10);

    private static final Room.Head UNTOLD = new Room.Head(0, "", "", 0);

    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final Cache<String, Remembered> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED_MEMBERS)
            .weigher((String roomId, Remembered list) -> 1 + list.userIds().size())
            .recordStats()
            .build();
    private final Cache<String, Boolean> pairs = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED_PAIRS)
            .expireAfterWrite(PAIR_KEPT)
            .recordStats()
            .build();

    public RoomDirectory(RoomDao rooms, UserRoomDao memberships) {
        this.rooms = rooms;
        this.memberships = memberships;
    }

    /** What is remembered of rooms, by name: for who looks whether it is of use, and changes nothing. */
    public Map<String, Cache<?, ?>> caches() {
        return Map.of("members", remembered, "pairs", pairs);
    }

    /** The members of a room, the longest-standing first, as they were under a version. */
    private record Remembered(long version, Set<String> userIds) {}

    /** @throws RequestRejected ({@code room_not_found}) if there is no such room, or it is dismissed */
    public Room require(String roomId) {
        return find(roomId).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
    }

    /** As {@link #require}, for what only rooms with a host can do. */
    public Room requireGroup(String roomId) {
        Room room = require(roomId);
        if (room.isSingle()) {
            throw RequestRejected.because(ApiError.ROOM_NOT_FOUND);
        }
        return room;
    }

    /** @throws RequestRejected ({@code room_not_found}, {@code not_in_room}) */
    public Room requireFor(String roomId, String userId) {
        Room room = require(roomId);
        if (!membersOf(room).contains(userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM);
        }
        return room;
    }

    /** As {@link #requireGroup}, for what only the host may do. */
    Room requireHost(String roomId, String userId) {
        Room room = requireGroup(roomId);
        if (!room.hostUserId().equals(userId)) {
            throw RequestRejected.because(ApiError.NOT_ROOM_HOST);
        }
        return room;
    }

    /** A room that is open. */
    public Optional<Room> find(String roomId) {
        return rooms.find(roomId).filter(Room::isOpen);
    }

    /** The room of two users, if it is there: with its members, but maybe without its head. */
    Optional<Room> pair(String userId, String peerId) {
        String roomId = ServerId.ofPair(userId, peerId);
        if (pairs.getIfPresent(roomId) != null) {
            return Optional.of(new Room(
                    roomId, RoomType.SINGLE, RoomStatus.OPEN, "", List.of(userId, peerId), 2, 1, "", UNTOLD, 0));
        }
        Optional<Room> stored = rooms.find(roomId);
        stored.ifPresent(this::rememberPair);
        return stored;
    }

    /** Notes that the room of two users is in the store. */
    void rememberPair(Room room) {
        pairs.put(room.roomId(), true);
    }

    /** The members of a room, of a group the longest-standing first; cannot be changed. */
    public Set<String> membersOf(Room room) {
        if (room.isSingle()) {
            return Set.copyOf(room.userIds());
        }
        Remembered known = remembered.getIfPresent(room.roomId());
        if (known == null || known.version() != room.membersVersion()) {
            known = new Remembered(room.membersVersion(), read(room.roomId()));
            remembered.put(room.roomId(), known);
        }
        return known.userIds();
    }

    /**
     * The members of a room as they are under a version or a later one; empty if the room is closed. Asks the store if
     * they are not remembered.
     */
    public Set<String> membersOf(String roomId, long version) {
        Remembered known = remembered.getIfPresent(roomId);
        if (known != null && known.version() >= version) {
            return known.userIds();
        }
        return find(roomId).map(this::membersOf).orElse(Set.of());
    }

    /** The members of a room as they stand in the store now. */
    Set<String> read(String roomId) {
        List<String> userIds =
                memberships.membersOf(roomId).stream().map(Member::userId).toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(userIds));
    }
}
