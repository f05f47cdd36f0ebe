package io.simpleim.chat;

import io.simpleim.json.UpperCamel;

/** An item of a room's history, as published: the first five components; {@code createAt} is in Unix seconds. */
@UpperCamel
public record HistoryItem(
        String roomId,
        String messageId,
        String sendUserId,
        int sendStatus,
        long createAt,
        long seq,
        int messageType,
        String messageData) {}
