package io.simpleim.http;

import io.simpleim.audit.RequestFacts;
import io.simpleim.model.Session;

/** The identified caller of a request. Filters identify it; rules and servlets rely on it. Immutable. */
public sealed interface Caller {
    /** Adds the facts about the caller that the logs record. */
    RequestFacts addTo(RequestFacts facts);

    /** A user who presented the token of a session. */
    record User(Session session) implements Caller {
        @Override
        public RequestFacts addTo(RequestFacts facts) {
            return facts.withSession(session.userId(), session.id());
        }
    }

    /** A partner's back end that presented its key. */
    record Partner(String name) implements Caller {
        @Override
        public RequestFacts addTo(RequestFacts facts) {
            return facts.withPartner(name);
        }
    }

    /** Someone who runs the server. The logs do not name operators. */
    record Operator() implements Caller {
        @Override
        public RequestFacts addTo(RequestFacts facts) {
            return facts;
        }
    }
}
