package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.connection.ClientConnection;
import io.simpleim.conversation.ReadingService;

/** {@code ack}: marks all messages of a room up to a number as received. */
final class Ack implements Operation {
    private static final String NAME = "ack";

    private final ReadingService reading;

    Ack(ReadingService reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Charge charge() {
        return Charge.FRAME;
    }

    @Override
    public Call parse(ClientConnection client, Params params) {
        RoomPosition upTo = RoomPosition.of(params);
        return () -> {
            reading.ack(client.userId(), upTo.roomId(), upTo.seq());
            return Answer.done(NAME);
        };
    }
}
