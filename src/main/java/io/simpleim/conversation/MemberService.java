package io.simpleim.conversation;

import io.simpleim.model.Member;
import io.simpleim.model.Room;
import io.simpleim.room.RoomDirectory;
import io.simpleim.store.mongo.ChatLogDao;
import io.simpleim.store.mongo.UserRoomDao;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, for those who are in it. Thread-safe.
 *
 * <p>The order of all members is remembered under the room's version, as for sending; what a page shows of them is read
 * by ids. So a page costs the same in a room of two and in one of thousands, however deep it is.
 */
public final class MemberService {
    private final RoomDirectory directory;
    private final UserRoomDao memberships;
    private final ChatLogDao chatLog;
    private final Activity activity;
    private final Cursors cursors;

    public MemberService(
            RoomDirectory directory, UserRoomDao memberships, ChatLogDao chatLog, Activity activity, Cursors cursors) {
        this.directory = directory;
        this.memberships = memberships;
        this.chatLog = chatLog;
        this.activity = activity;
        this.cursors = cursors;
    }

    /**
     * A page of a room's members, the longest-standing first, and those of the same moment by their ids.
     *
     * @param userId who asks, a member
     * @param page counts from 1; one past the end is empty
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
        Map<String, Long> read = ReadingService.showsReaders(members.size()) ? readSeqs(roomId, shown) : null;
        Map<String, Member> stored = memberships.findAll(roomId, shown);
        // Who has left since the order was read is not there any more.
        return shown.stream()
                .flatMap(id -> Stream.ofNullable(stored.get(id)))
                .map(member -> view(room, member, read))
                .toList();
    }

    /** The two of a room of type 1 are in it from the same moment on. */
    private static Stream<String> ordered(Room room, Set<String> members) {
        return room.isSingle() ? members.stream().sorted() : members.stream();
    }

    private Map<String, Long> readSeqs(String roomId, List<String> userIds) {
        // In this order: what is not pending any more is in the store by then.
        Map<String, Long> read = new HashMap<>(activity.readIn(roomId));
        cursors.readIn(roomId, userIds).forEach((userId, seq) -> read.merge(userId, seq, Math::max));
        chatLog.readSeqs(roomId, userIds).forEach((userId, seq) -> read.merge(userId, seq, Math::max));
        return read;
    }

    private static RoomMember view(Room room, Member member, @Nullable Map<String, Long> read) {
        return new RoomMember(
                member.userId(),
                member.userId().equals(room.hostUserId()),
                read == null ? null : read.getOrDefault(member.userId(), 0L),
                TimeUnit.MILLISECONDS.toSeconds(member.joinedAtMillis()));
    }
}
