package io.simpleim.conversation;

import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.room.RoomDirectory;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the members of a room for its members. Thread-safe.
 *
 * <p>The order of all members comes from the cache of {@link RoomDirectory}, and the members of a page are read by id.
 * So every page costs the same in a room of any size.
 */
public final class MemberService {
    private final RoomDirectory directory;
    private final UserRoomDao memberships;
    private final ConversationState state;

    public MemberService(RoomDirectory directory, UserRoomDao memberships, ConversationState state) {
        this.directory = directory;
        this.memberships = memberships;
        this.state = state;
    }

    /**
     * A page of a room's members, ordered by the time at which they entered and then by id.
     *
     * @param userId the user who asks
     * @param page counts from 1; one past the end is empty
     * @throws io.simpleim.api.RequestRejected ({@code room_not_found}, {@code not_in_room})
     */
    public List<RoomMember> list(String userId, String roomId, int page, int pageSize) {
        Room room = directory.requireFor(roomId, userId);
        Set<String> members = directory.membersOf(room);
        List<String> shown = ordered(room, members)
                .skip((page - 1L) * pageSize)
                .limit(pageSize)
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        Map<String, Long> read =
                ReadingService.showsReaders(members.size()) ? state.readSeqsOfUsers(roomId, shown) : null;
        Map<String, Member> stored = memberships.findAll(roomId, shown);
        // A member who has left since the order was cached is no longer stored.
        return shown.stream()
                .flatMap(id -> Stream.ofNullable(stored.get(id)))
                .map(member -> view(room, member, read))
                .toList();
    }

    /** Both users of a room of type 1 entered at the same time, so they are ordered by id. */
    private static Stream<String> ordered(Room room, Set<String> members) {
        return room.isSingle() ? members.stream().sorted() : members.stream();
    }

    private static RoomMember view(Room room, Member member, @Nullable Map<String, Long> read) {
        return new RoomMember(
                member.userId(),
                member.userId().equals(room.hostUserId()),
                read == null ? null : read.getOrDefault(member.userId(), 0L),
                TimeUnit.MILLISECONDS.toSeconds(member.joinedAtMillis()));
    }
}
