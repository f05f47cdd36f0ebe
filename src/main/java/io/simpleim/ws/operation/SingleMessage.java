package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.chat.MessageService;
import io.simpleim.connection.ClientConnection;
import io.simpleim.model.SendRequest;

/** {@code single_message}: sends a message to one user. */
final class SingleMessage implements Operation {
    private static final String NAME = "single_message";

    private final MessageService messages;

    SingleMessage(MessageService messages) {
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
        String toUserId = params.userId("to_user_id");
        SendRequest message = params.sendRequest();
        return () -> Answer.reply(NAME, messages.toUser(client.sender(), toUserId, message));
    }
}
