package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.connection.ClientConnection;
import io.simpleim.conversation.ReadingService;

/** {@code typing}: tells the other members of a room that the user is typing. */
final class Typing implements Operation {
    private static final String NAME = "typing";

    private final ReadingService reading;

    Typing(ReadingService reading) {
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
        String roomId = params.required("room_id");
        return () -> {
            reading.typing(client.userId(), roomId);
            return Answer.done(NAME);
        };
    }
}
