package io.simpleim.testing;

import java.net.URI;

/** A server under test, however it is run. */
public interface Deployment extends AutoCloseable {
    /** Where the web application is, with a slash at the end. */
    URI base();

    /** The connection string of its MongoDB, for tests that look at what is stored. */
    String mongoAddress();

    /** {@code host:port} of its Redis. */
    String redisAddress();

    @Override
    void close();
}
