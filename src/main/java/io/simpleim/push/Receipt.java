package io.simpleim.push;

/** That the messages of a room with some numbers, both ends included, were written to a connection of a user. */
public record Receipt(String userId, String roomId, long firstSeq, long lastSeq) {}
