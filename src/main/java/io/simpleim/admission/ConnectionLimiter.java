package io.simpleim.admission;

import io.simpleim.api.Limit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many WebSockets one user, one address, and all have on this node. Thread-safe. */
public final class ConnectionLimiter {
    private final int most;
    private final int mostPerUser;
    private final int mostPerAddress;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> ofUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

    /**
     * @param most of all; see {@link #isFull()}
     * @param mostPerUser {@code [limits] connectionsPerUser}
     * @param mostPerAddress {@code [limits] connectionsPerAddress}
     */
    public ConnectionLimiter(int most, int mostPerUser, int mostPerAddress) {
        this.most = most;
        this.mostPerUser = mostPerUser;
        this.mostPerAddress = mostPerAddress;
    }

    /** Whether no handshake should be let through. Of several at the same moment all may be. */
    public boolean isFull() {
        return all.get() >= most;
    }

    /**
     * Counts a connection that has been opened.
     *
     * @param address empty: none that counts
     * @return the limit that it is beyond; then it is not counted, and is to be closed
     */
    public Optional<Limit> enter(String userId, String address) {
        if (!take(ofUser, userId, mostPerUser)) {
            return Optional.of(Limit.CONNECTIONS_PER_USER);
        }
        if (!address.isEmpty() && !take(ofAddress, address, mostPerAddress)) {
            give(ofUser, userId);
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        all.incrementAndGet();
        return Optional.empty();
    }

    /** Counts a connection no longer that {@link #enter} has counted. */
    public void leave(String userId, String address) {
        give(ofUser, userId);
        if (!address.isEmpty()) {
            give(ofAddress, address);
        }
        all.decrementAndGet();
    }

    private static boolean take(Map<String, Integer> counts, String key, int most) {
        // The remapping is atomic: it is told from the outside by what the count was before.
        int[] before = {0};
        counts.compute(key, (same, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(most, before[0] + 1);
        });
        return before[0] < most;
    }

    private static void give(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
