package io.simpleim.service;

import io.simpleim.api.Params;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to send.
 *
 * @param clientMsgId the client's own id of the message, under which it may send it again
 */
public record Send(
        int messageType, String message, @Nullable String clientMsgId) {
    /** @param maxBytes {@code [limits] maxMessageBytes} */
    public static Send of(Params params, int maxBytes) {
        return new Send(
                params.messageType(),
                params.message(maxBytes),
                params.clientMsgId().orElse(null));
    }
}
