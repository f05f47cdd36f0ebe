package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.chat.MessageService;
import io.simpleim.chat.SendRequest;

/** What both operations that send a message have in common: the message's parameters and the charge. */
abstract class SendOperation implements Operation {
    final MessageService messages;
    private final int maxMessageBytes;

    SendOperation(MessageService messages, int maxMessageBytes) {
        this.messages = messages;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public final Charge charge() {
        return Charge.MESSAGE;
    }

    final SendRequest message(Params params) {
        return SendRequest.of(params, maxMessageBytes);
    }
}
