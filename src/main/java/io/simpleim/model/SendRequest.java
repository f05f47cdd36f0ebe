package io.simpleim.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks to send.
 *
 * @param messageType 1 to 9999; 1 is text
 * @param message the text; the sending service checks its length
 * @param clientMsgId the client's own id of the message; a repeated send has the same id
 */
public record SendRequest(
        int messageType, String message, @Nullable String clientMsgId) {}
