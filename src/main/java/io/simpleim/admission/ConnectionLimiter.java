package io.simpleim.admission;

import io.simpleim.api.Limit;
import io.simpleim.concurrent.KeyedPermits;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the WebSocket connections of one user, of one address and of all clients on this node. Thread-safe. */
public final class ConnectionLimiter {
    private final int maxTotal;
    private final AtomicInteger total = new AtomicInteger();
    private final KeyedPermits users;
    private final KeyedPermits addresses;

    /**
     * @param maxTotal maximum for all clients, approximate; see {@link #isFull()}
     * @param maxPerUser {@code [limits] connectionsPerUser}
     * @param maxPerAddress {@code [limits] connectionsPerAddress}
     */
    public ConnectionLimiter(int maxTotal, int maxPerUser, int maxPerAddress) {
        this.maxTotal = maxTotal;
        this.users = new KeyedPermits(maxPerUser);
        this.addresses = new KeyedPermits(maxPerAddress);
    }

    /** Whether to refuse new handshakes. Concurrent handshakes may all pass and exceed the limit slightly. */
    public boolean isFull() {
        return total.get() >= maxTotal;
    }

    /**
     * Counts a connection that has been opened.
     *
     * @param address the client's address, empty if addresses are not limited
     * @return the limit that the connection exceeds; empty if it is within all limits. A connection over a limit is not
     *     counted, and the caller has to close it
     */
    public Optional<Limit> enter(String userId, String address) {
        if (!users.tryAcquire(userId)) {
            return Optional.of(Limit.CONNECTIONS_PER_USER);
        }
        if (!address.isEmpty() && !addresses.tryAcquire(address)) {
            users.release(userId);
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        total.incrementAndGet();
        return Optional.empty();
    }

    /** Uncounts a connection that {@link #enter} has counted. Call once, with the same arguments. */
    public void leave(String userId, String address) {
        users.release(userId);
        if (!address.isEmpty()) {
            addresses.release(address);
        }
        total.decrementAndGet();
    }
}
