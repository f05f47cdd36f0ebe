package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;

/** A position in the messages of a room, given by a client. */
public record RoomPosition(String roomId, long seq) {
    static RoomPosition of(Params params) {
        return new RoomPosition(params.required("room_id"), seq(params));
    }

    /** The number of a message, 1 or more. */
    public static long seq(Params params) {
        return params.number("seq", 1, Long.MAX_VALUE).orElseThrow(() -> RequestRejected.missing("seq"));
    }
}
