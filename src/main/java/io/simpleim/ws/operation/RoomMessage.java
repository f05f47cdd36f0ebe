package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.chat.MessageService;
import io.simpleim.connection.ClientConnection;
import io.simpleim.model.SendRequest;

/** {@code room_message}: sends a message to a room. */
final class RoomMessage implements Operation {
    static final String NAME = "room_message";

    private final MessageService messages;

    RoomMessage(MessageService messages) {
        this.messages = messages;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Charge charge() {
        return Charge.MESSAGE;
    }

    @Override
    public Call parse(ClientConnection client, Params params) {
        String roomId = params.required("room_id");
        SendRequest message = params.sendRequest();
        return () -> Answer.reply(NAME, messages.toRoom(client.sender(), roomId, message));
    }
}
