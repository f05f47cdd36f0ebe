package io.simpleim.http.route;

/** The callers that a route admits, which determines the filter that identifies them. */
public enum CallerKind {
    /** Anyone, without identification. */
    ANYONE,
    /** Those who run the server: from this machine, or with a partner's key. */
    OPERATOR,
    /** A partner's back end. */
    PARTNER,
    /** A user with the token of a live session. */
    USER,
    /** A user who sends. The session is looked up in a cache that may be a second behind other nodes. */
    SENDER;

    /** Whether the caller presents a user's token. */
    public boolean isUser() {
        return this == USER || this == SENDER;
    }

    /** Whether the route carries out calls of the API, which the server refuses while it starts or stops. */
    public boolean isApiCaller() {
        return isUser() || this == PARTNER;
    }
}
