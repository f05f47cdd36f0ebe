package io.simpleim.api;

import io.simpleim.model.Session;
import java.security.Principal;

/** Who has opened a WebSocket. The handshake's filter makes it the request's principal, the endpoint finds it there. */
public record Caller(Session session, Language language) implements Principal {
    @Override
    public String getName() {
        return session.userId();
    }
}
