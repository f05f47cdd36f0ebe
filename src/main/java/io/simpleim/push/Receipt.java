package io.simpleim.push;

/** Some numbers of a stream were written to a connection of a user, both ends included. */
public record Receipt(String userId, StreamKey stream, long firstSeq, long lastSeq) {}
