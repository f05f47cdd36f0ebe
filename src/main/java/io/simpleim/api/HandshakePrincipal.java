package io.simpleim.api;

import io.simpleim.model.Session;
import java.security.Principal;

/**
 * The user who opened a WebSocket. The handshake filter makes it the request's principal, where the endpoint finds it.
 *
 * @param address of the client, in digits
 * @param limitedAs the key for limits by address; empty if the address is not limited
 */
public record HandshakePrincipal(Session session, Language language, String address, String limitedAs)
        implements Principal {
    @Override
    public String getName() {
        return session.userId();
    }
}
