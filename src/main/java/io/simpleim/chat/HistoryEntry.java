package io.simpleim.chat;

/**
 * A message in a room's history.
 *
 * @param createdAt Unix seconds
 * @param seq number of the message within its room, from 1
 */
public record HistoryEntry(
        String roomId,
        String messageId,
        String senderId,
        int sendStatus,
        long createdAt,
        long seq,
        int type,
        String data) {}
