package io.simpleim.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks to send.
 *
 * @param messageType 1 to 9999; 1 is text
 * @param message the text, whose length is checked where it is sent
 * @param clientMsgId the client's own id of the message, under which it may send it again
 */
public record SendRequest(
        int messageType, String message, @Nullable String clientMsgId) {}
