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
     * @param maxTotal for all clients; see {@link #isFull()}
     * @param maxPerUser {@code [limits] connectionsPerUser}
     * @param maxPerAddress {@code [limits] connectionsPerAddress}
     */
    public ConnectionLimiter(int maxTotal, int maxPerUser, int maxPerAddress) {
        this.maxTotal = maxTotal;
        this.users = new KeyedPermits(maxPerUser);
        this.addresses = new KeyedPermits(maxPerAddress);
    }

    /** Whether to refuse new handshakes. Handshakes that ask at the same moment may all pass. */
    public boolean isFull() {
        return total.get() >= maxTotal;
    }

    /**
     * Counts a connection that has been opened.
     *
     * @param address empty if the address is not limited
     * @return the limit that the connection exceeds; then it is not counted, and the caller closes it
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

    /** Ends the count of a connection that {@link #enter} has counted. */
    public void leave(String userId, String address) {
        users.release(userId);
        if (!address.isEmpty()) {
            addresses.release(address);
        }
        total.decrementAndGet();
    }
}
