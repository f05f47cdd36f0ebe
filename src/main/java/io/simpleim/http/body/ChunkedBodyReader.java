package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.concurrent.KeyedPermits;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads chunked bodies with one blocking thread each, and bounds the number of these threads. Thread-safe.
 *
 * <p>Other bodies are read by a {@link jakarta.servlet.ReadListener}. For chunked bodies this fails in Tomcat (seen in
 * 11.0.25 and 11.0.27): at the last chunk it processes the connection further inside the read, and answers the next
 * request before this one. On another thread it does not report malformed chunks.
 */
final class ChunkedBodyReader {
    private static final int BUFFER_BYTES = 8192;

    /** A sixth of a container's default number of threads. */
    private static final int MAX_READERS = 32;

    /** One address alone cannot take all readers. */
    private static final int MAX_READERS_PER_ADDRESS = 16;

    private final Semaphore readers = new Semaphore(MAX_READERS);
    private final KeyedPermits addresses = new KeyedPermits(MAX_READERS_PER_ADDRESS);

    /**
     * Reads a body to its end.
     *
     * @param address the client's; empty if it is not limited
     * @return the reason if the body was not read to its end
     * @throws IOException if a chunk is malformed, or nothing arrives within the container's time-out
     */
    Optional<RequestRejected> read(String address, ServletInputStream in, IncomingBody body) throws IOException {
        if (!enter(address)) {
            return Optional.of(RequestRejected.forNow(ApiError.UNAVAILABLE, 1));
        }
        try {
            return readToEnd(in, body);
        } finally {
            leave(address);
        }
    }

    private boolean enter(String address) {
        if (!address.isEmpty() && !addresses.tryAcquire(address)) {
            return false;
        }
        if (!readers.tryAcquire()) {
            releaseAddress(address);
            return false;
        }
        return true;
    }

    private void leave(String address) {
        readers.release();
        releaseAddress(address);
    }

    private void releaseAddress(String address) {
        if (!address.isEmpty()) {
            addresses.release(address);
        }
    }

    private static Optional<RequestRejected> readToEnd(ServletInputStream in, IncomingBody body) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            body.add(buffer, length);
            Optional<RequestRejected> reason = body.reasonToStop();
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
