package io.simpleim.http.route;

/** The rate limit of a route's calls. */
public enum Rate {
    /** Not limited here; services limit messages. */
    UNLIMITED,
    /** {@code [limits] loginsPerSecond} for each address, counted before the caller is identified. */
    LOGINS,
    /** {@code [limits] framesPerSecond} for each user. A change notifies all members and writes to the store. */
    CHANGES
}
