package io.simpleim.bench.ledger;

import io.simpleim.bench.client.JsonField;

/** Extracts the fields of pushes and answers that the ledger needs. Not thread-safe. */
final class PushFields {
    private final JsonField type = new JsonField("message_type");
    private final JsonField roomId = new JsonField("room_id");
    private final JsonField seq = new JsonField("seq");
    private final JsonField messageId = new JsonField("message_id");

    long type(byte[] bytes, int from, int to) {
        return type.number(bytes, from, to, 0);
    }

    int roomIdAt(byte[] bytes, int from, int to) {
        return roomId.find(bytes, from, to);
    }

    String roomId(byte[] bytes, int from, int to) {
        return roomId.text(bytes, from, to);
    }

    long seq(byte[] bytes, int from, int to) {
        return seq.number(bytes, from, to, 0);
    }

    long key(byte[] bytes, int from, int to) {
        return MessageKey.of(bytes, messageId.find(bytes, from, to), to);
    }
}
