package io.simpleim.testing;

import java.net.URI;

/** A server under test, in any form of deployment. */
public interface Deployment extends AutoCloseable {
    /** The address of the web application, with a trailing slash. */
    URI base();

    /** The MongoDB connection string, for tests that inspect stored documents. */
    String mongoAddress();

    /** {@code host:port} of its Redis. */
    String redisAddress();

    @Override
    void close();
}
