package io.simpleim.admission;

import java.util.Locale;

/** Whether this node takes requests: not until its store is prepared, and not while it is stopping. Thread-safe. */
public final class Availability {
    private enum State {
        STARTING,
        UP,
        STOPPING
    }

    private volatile State state = State.STARTING;

    /** Takes requests from now on, unless the node is stopping. */
    public synchronized void started() {
        if (state == State.STARTING) {
            state = State.UP;
        }
    }

    /** Refuses requests from now on. */
    public synchronized void stopping() {
        state = State.STOPPING;
    }

    public boolean isUp() {
        return state == State.UP;
    }

    /** The state as {@code /health/ready} shows it: {@code starting}, {@code up} or {@code stopping}. */
    @Override
    public String toString() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
