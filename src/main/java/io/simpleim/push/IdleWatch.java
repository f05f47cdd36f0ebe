package io.simpleim.push;

import io.simpleim.event.CloseCode;
import java.time.Duration;

/**
 * Finds clients that are gone without a word, or that read nothing. Thread-safe; waits for no client: a ping that cannot
 * be sent at once is sent elsewhere.
 */
public final class IdleWatch {
    private final Hub hub;
    private final long idleNanos;

    /** @param idle {@code [limits] idleSeconds}: a connection that has been silent for so long, although asked, is closed */
    public IdleWatch(Hub hub, Duration idle) {
        this.hub = hub;
        this.idleNanos = idle.toNanos();
    }

    /** Looks at all connections; to be called several times within the idle time. */
    public void look() {
        hub.forEach(this::look);
    }

    private void look(Connection connection) {
        if (!connection.isOpen()) {
            // Whoever has closed it may have found no thread to do it.
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
