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
 * <p>A room is read from the store each time, by its id. Its members, possibly thousands, are cached under the room's
 * {@code members_version}. A change on any node gives the room another version, so a stale list is never used and no node
 * needs a notification. The members of a room of two never change, so the existence of that room is cached as well.
 */
public final class RoomDirectory {
    private static final long MAX_CACHED_MEMBERS = 1_000_000;

    /** About 200 bytes each. */
    private static final long MAX_CACHED_PAIRS = 200_000;

    /** A room of two that was deleted from the store is created again after at most this time. */
    private static final Duration PAIR_CACHED_FOR = Duration.ofMinutes(10);

    private static final Room.Head EMPTY_HEAD = new Room.Head(0, "", "", 0);

    private final RoomDao rooms;
    private final UserRoomDao memberships;
    private final Cache<String, CachedMembers> members = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_MEMBERS)
            .weigher((String roomId, CachedMembers list) -> 1 + list.userIds().size())
            .recordStats()
            .build();
    private final Cache<String, Boolean> pairs = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED_PAIRS)
            .expireAfterWrite(PAIR_CACHED_FOR)
            .recordStats()
            .build();

    public RoomDirectory(RoomDao rooms, UserRoomDao memberships) {
        this.rooms = rooms;
        this.memberships = memberships;
    }

    /** The caches by name, for metrics only. */
    public Map<String, Cache<?, ?>> caches() {
        return Map.of("members", members, "pairs", pairs);
    }

    /** The members of a room under one version, longest-standing first. */
    private record CachedMembers(long version, Set<String> userIds) {}

    /**
     * Returns an open room.
     *
     * @throws RequestRejected ({@code room_not_found}) if the room does not exist or is dismissed
     */
    public Room require(String roomId) {
        return find(roomId).orElseThrow(() -> RequestRejected.because(ApiError.ROOM_NOT_FOUND));
    }

    /**
     * As {@link #require}, for operations that only rooms of type 2 support.
     *
     * @throws RequestRejected ({@code room_not_found}), also for a room of type 1
     */
    public Room requireGroup(String roomId) {
        Room room = require(roomId);
        if (room.isSingle()) {
            throw RequestRejected.because(ApiError.ROOM_NOT_FOUND);
        }
        return room;
    }

    /**
     * Returns an open room that the user is in.
     *
     * @throws RequestRejected ({@code room_not_found}, {@code not_in_room})
     */
    public Room requireFor(String roomId, String userId) {
        Room room = require(roomId);
        if (!membersOf(room).contains(userId)) {
            throw RequestRejected.because(ApiError.NOT_IN_ROOM);
        }
        return room;
    }

    /**
     * As {@link #requireGroup}, for operations that only the host may do.
     *
     * @throws RequestRejected ({@code room_not_found}, {@code not_room_host})
     */
    Room requireHost(String roomId, String userId) {
        Room room = requireGroup(roomId);
        if (!room.hostUserId().equals(userId)) {
            throw RequestRejected.because(ApiError.NOT_ROOM_HOST);
        }
        return room;
    }

    /** Finds an open room; empty if it does not exist or is dismissed. Queries the store. */
    public Optional<Room> find(String roomId) {
        return rooms.find(roomId).filter(Room::isOpen);
    }

    /** Finds the room of two users, with its members. A cached room has an empty head. */
    Optional<Room> findPair(String userId, String peerId) {
        String roomId = ServerId.ofPair(userId, peerId);
        if (pairs.getIfPresent(roomId) != null) {
            return Optional.of(new Room(
                    roomId, RoomType.SINGLE, RoomStatus.OPEN, "", List.of(userId, peerId), 2, 1, "", EMPTY_HEAD, 0));
        }
        Optional<Room> stored = rooms.find(roomId);
        stored.ifPresent(this::cachePair);
        return stored;
    }

    /** Remembers that the room of two users is in the store. */
    void cachePair(Room room) {
        pairs.put(room.roomId(), true);
    }

    /** Returns the members of a room, unmodifiable; in a room of type 2 the longest-standing first. */
    public Set<String> membersOf(Room room) {
        if (room.isSingle()) {
            return Set.copyOf(room.userIds());
        }
        CachedMembers known = members.getIfPresent(room.roomId());
        if (known == null || known.version() != room.membersVersion()) {
            known = new CachedMembers(room.membersVersion(), readMembers(room.roomId()));
            members.put(room.roomId(), known);
        }
        return known.userIds();
    }

    /**
     * Returns the members of a room under a version or a later one; empty if the room is dismissed. Queries the store
     * unless they are cached.
     */
    public Set<String> membersOf(String roomId, long version) {
        CachedMembers known = members.getIfPresent(roomId);
        if (known != null && known.version() >= version) {
            return known.userIds();
        }
        return find(roomId).map(this::membersOf).orElse(Set.of());
    }

    /** Reads the members of a room from the store, longest-standing first. */
    Set<String> readMembers(String roomId) {
        List<String> userIds =
                memberships.membersOf(roomId).stream().map(Member::userId).toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(userIds));
    }
}
