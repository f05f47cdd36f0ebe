package io.simpleim.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A member of a room, as other members see it.
 *
 * @param readSeq the member has read all messages up to this number; null in rooms that do not show read positions
 * @param joinedAt Unix seconds
 */
public record RoomMember(
        String userId, boolean isHost, @Nullable Long readSeq, long joinedAt) {}
