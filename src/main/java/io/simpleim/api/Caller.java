package io.simpleim.api;

import io.simpleim.model.Session;
import java.security.Principal;

/**
 * Who has opened a WebSocket. The handshake's filter makes it the request's principal, the endpoint finds it there.
 *
 * @param address where the handshake came from, in digits
 * @param limitedAs what stands for the caller where callers are limited by address; empty if this one is not
 */
public record Caller(Session session, Language language, String address, String limitedAs) implements Principal {
    @Override
    public String getName() {
        return session.userId();
    }
}
