package io.simpleim.conversation;

import io.simpleim.json.UpperCamel;
import org.jspecify.annotations.Nullable;

/**
 * An item of the list of a room's members.
 *
 * @param readSeq all up to this number is read by the member; null, and left out of what is written, in rooms in which
 *     nobody is shown who has read what
 * @param createAt since when the user is a member, in Unix seconds
 */
@UpperCamel
public record MemberItem(
        String userId, boolean isHost, @Nullable Long readSeq, long createAt) {}
