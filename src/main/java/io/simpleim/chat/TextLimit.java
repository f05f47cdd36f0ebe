package io.simpleim.chat;

import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import java.nio.charset.StandardCharsets;

/**
 * The permitted length of a message's text: 1 to {@code maxBytes} bytes of UTF-8.
 *
 * @param maxBytes {@code [limits] maxMessageBytes}
 */
record TextLimit(int maxBytes) {
    /** @throws RequestRejected ({@code invalid_parameter}) if the text is empty or too long */
    void check(String text) {
        if (text.isEmpty()) {
            throw RequestRejected.invalid("message");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw RequestRejected.invalid("message").by(Limit.MAX_MESSAGE_BYTES);
        }
    }
}
