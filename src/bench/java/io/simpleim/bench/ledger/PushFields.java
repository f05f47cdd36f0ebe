package io.simpleim.bench.ledger;

import io.simpleim.bench.client.Field;

/** The members of pushes and answers that are looked at. Not thread-safe. */
final class PushFields {
    private final Field type = new Field("message_type");
    private final Field roomId = new Field("room_id");
    private final Field seq = new Field("seq");
    private final Field messageId = new Field("message_id");

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
