package io.simpleim.http.body;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Reads bodies that come in chunks, with a thread each, of which there are but so many. Thread-safe.
 *
 * <p>Not by a {@link jakarta.servlet.ReadListener}, as all others: at the last chunk Tomcat (seen in 11.0.25 and 11.0.27)
 * then looks for more to do on the connection inside of the read, and answers the next request before this one; nor by
 * one on another thread, where it does not tell of chunks that are none.
 */
final class ChunkedBodyReader {
    private static final int CHUNK = 8192;

    /** A sixth of the threads that a container has, unless told otherwise. */
    private static final int PLACES = 32;

    /** Of one address: it alone keeps nobody out. */
    private static final int PLACES_OF_ONE = 16;

    private final Semaphore places = new Semaphore(PLACES);
    private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

    /**
     * Reads a body to its end.
     *
     * @param address what stands for the client; empty for one that is not limited
     * @return why it was not read to its end
     * @throws IOException if what comes is no chunk, or nothing comes for as long as the container waits
     */
    Optional<RequestRejected> read(String address, ServletInputStream in, IncomingBody body) throws IOException {
        if (!enter(address)) {
            return Optional.of(RequestRejected.forNow(ApiError.UNAVAILABLE, 1));
        }
        try {
            return readToTheEnd(in, body);
        } finally {
            leave(address);
        }
    }

    private boolean enter(String address) {
        int most = address.isEmpty() ? PLACES : PLACES_OF_ONE;
        if (ofAddress.merge(address, 1, Integer::sum) <= most && places.tryAcquire()) {
            return true;
        }
        forget(address);
        return false;
    }

    private void leave(String address) {
        places.release();
        forget(address);
    }

    private void forget(String address) {
        ofAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    private static Optional<RequestRejected> readToTheEnd(ServletInputStream in, IncomingBody body) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            body.add(chunk, length);
            Optional<RequestRejected> reason = body.whyGiveUp();
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
