package io.simpleim.push;

/** The numbers of a stream, both ends included, that were written to a connection of a user. */
public record Receipt(String userId, StreamKey stream, long firstSeq, long lastSeq) {}
