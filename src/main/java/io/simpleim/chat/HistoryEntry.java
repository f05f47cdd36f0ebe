package io.simpleim.chat;

/**
 * A message in a room's history.
 *
 * @param createdAt Unix seconds
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
