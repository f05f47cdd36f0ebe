package io.simpleim.admission;

import java.util.Locale;

/** Whether this node takes requests: not before its store has its indexes, and not once it is stopping. Thread-safe. */
public final class Availability {
    private enum State {
        STARTING,
        UP,
        STOPPING
    }

    private volatile State state = State.STARTING;

    public synchronized void started() {
        if (state == State.STARTING) {
            state = State.UP;
        }
    }

    public synchronized void stopping() {
        state = State.STOPPING;
    }

    public boolean isUp() {
        return state == State.UP;
    }

    /** For {@code /health/ready}: {@code starting}, {@code up} or {@code stopping}. */
    @Override
    public String toString() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
