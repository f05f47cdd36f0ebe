package io.simpleim.push;

import io.simpleim.event.CloseCode;
import java.time.Duration;

/**
 * Closes connections whose client has vanished or does not read. Thread-safe; does not wait for clients.
 */
public final class IdleWatch {
    private final Hub hub;
    private final long idleNanos;

    /** @param idle {@code [limits] idleSeconds}: a connection that was silent this long, despite a ping, is closed */
    public IdleWatch(Hub hub, Duration idle) {
        this.hub = hub;
        this.idleNanos = idle.toNanos();
    }

    /** Checks all connections; to be called several times per idle time. */
    public void check() {
        hub.forEach(this::check);
    }

    private void check(Connection connection) {
        if (!connection.isOpen()) {
            // An earlier close may have found no thread to run on.
            connection.close(CloseCode.GOING_AWAY);
            return;
        }
        long silent = connection.silentNanos();
        if (silent > idleNanos || connection.isStalled()) {
            connection.close(CloseCode.TOO_SLOW);
        } else if (silent > idleNanos / 2) {
            connection.ping();
        }
    }
}
