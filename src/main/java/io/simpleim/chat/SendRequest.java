package io.simpleim.chat;

import io.simpleim.api.Params;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to send.
 *
 * @param clientMsgId the client's own id of the message, under which it may send it again
 */
public record SendRequest(
        int messageType, String message, @Nullable String clientMsgId) {
    /** @param maxBytes {@code [limits] maxMessageBytes} */
    public static SendRequest of(Params params, int maxBytes) {
        return new SendRequest(
                params.messageType(),
                params.message(maxBytes),
                params.clientMsgId().orElse(null));
    }
}
