package io.simpleim.cluster.message;

import java.util.Optional;

/** The kinds of cluster messages. Each message names its kind, so no kind can be written without being registered here. */
@SuppressWarnings("ImmutableEnumChecker") // The readers are static methods without state.
public enum ClusterMessageKind {
    SESSION_ENDED(SessionEnded::read),
    ACKNOWLEDGES(Acknowledges::read),
    CATCH_UP_REQUEST(CatchUpRequest::read),
    PUSH(Push::read);

    private final Reader reader;

    ClusterMessageKind(Reader reader) {
        this.reader = reader;
    }

    /** Returns empty if the text holds no message of the kind; it must not take a line from {@code in} then. */
    @FunctionalInterface
    private interface Reader {
        Optional<? extends ClusterMessage> read(MessageReader in);
    }

    /** Reads the current message if it is of this kind. */
    Optional<? extends ClusterMessage> read(MessageReader in) {
        return reader.read(in);
    }
}
