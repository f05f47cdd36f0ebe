package io.simpleim.connection;

/** What a client uses a connection for. */
public enum ConnectionKind {
    /** Gets pushes: first the backlog, then live messages. */
    LISTENING(true, true),
    /** Gets live pushes only, and asks for the backlog itself. */
    LISTENING_WITHOUT_BACKLOG(true, false),
    /** Sends messages and gets no pushes. */
    SEND_ONLY(false, false);

    private final boolean isListening;
    private final boolean getsBacklog;

    ConnectionKind(boolean isListening, boolean getsBacklog) {
        this.isListening = isListening;
        this.getsBacklog = getsBacklog;
    }

    boolean isListening() {
        return isListening;
    }

    boolean getsBacklog() {
        return getsBacklog;
    }
}
