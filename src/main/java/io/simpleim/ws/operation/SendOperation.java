package io.simpleim.ws.operation;

import io.simpleim.chat.MessageService;

/** What both operations that send a message have in common: the service and the charge. */
abstract class SendOperation implements Operation {
    final MessageService messages;

    SendOperation(MessageService messages) {
        this.messages = messages;
    }

    @Override
    public final Charge charge() {
        return Charge.MESSAGE;
    }
}
