package io.simpleim.admission;

import java.util.Locale;

/** Tracks whether this node accepts requests: only after its store is prepared, and until it stops. Thread-safe. */
public final class Availability {
    private enum State {
        STARTING,
        UP,
        STOPPING
    }

    /** Written under this, so that a node that is stopping never becomes available again. */
    private volatile State state = State.STARTING;

    /** Accepts requests from now on, unless the node is stopping. */
    public synchronized void started() {
        if (state == State.STARTING) {
            state = State.UP;
        }
    }

    /** Refuses requests from now on. */
    public synchronized void stopping() {
        state = State.STOPPING;
    }

    /** Whether this node accepts requests. */
    public boolean isUp() {
        return state == State.UP;
    }

    /** The state as {@code /health/ready} shows it: {@code starting}, {@code up} or {@code stopping}. */
    @Override
    public String toString() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
