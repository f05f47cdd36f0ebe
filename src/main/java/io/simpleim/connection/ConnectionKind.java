package io.simpleim.connection;

/** The purpose of a client's connection, which determines its pushes. */
public enum ConnectionKind {
    /** Gets pushes: first the backlog, then live messages. */
    LISTENING(true, true),
    /** Gets live pushes only; the client requests the messages that it missed. */
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
