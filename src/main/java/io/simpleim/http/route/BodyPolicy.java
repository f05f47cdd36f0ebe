package io.simpleim.http.route;

/** What happens to the body of a request. It is always read, so that the connection stays usable. */
public enum BodyPolicy {
    /** The body is dropped. The call has no parameters. */
    DISCARD,
    /** The call has parameters: those of a POST are in the body, those of a GET in the query. */
    PARAMETERS
}
