package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.connection.ClientConnection;
import io.simpleim.conversation.ReadingService;

/** {@code read}: marks all messages of a room up to a number as read. */
final class Read implements Operation {
    private static final String NAME = "read";

    private final ReadingService reading;

    Read(ReadingService reading) {
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
            reading.read(client.sender(), upTo.roomId(), upTo.seq());
            return Answer.done(NAME);
        };
    }
}
