package io.simpleim.http.room;

import io.simpleim.conversation.RoomMember;
import io.simpleim.json.UpperCamel;
import org.jspecify.annotations.Nullable;

/**
 * An item of {@code get_room_member_list} on the wire.
 *
 * @param readSeq null, and left out, in rooms that do not show who has read what
 * @param createAt the start of the membership, in Unix seconds
 */
@UpperCamel
record MemberListItem(
        String userId, boolean isHost, @Nullable Long readSeq, long createAt) {

    static MemberListItem of(RoomMember member) {
        return new MemberListItem(member.userId(), member.isHost(), member.readSeq(), member.joinedAt());
    }
}
