package io.simpleim.cluster.message;

import java.util.List;
import java.util.Optional;

/** A session has ended: every node closes the connections that were opened with it. */
public record SessionEnded(String sessionId) implements ClusterMessage {
    private static final String SESSION = "ended";

    static Optional<SessionEnded> read(MessageReader in) {
        return in.text(SESSION).map(SessionEnded::new);
    }

    @Override
    public ClusterMessageKind kind() {
        return ClusterMessageKind.SESSION_ENDED;
    }

    @Override
    public List<String> userIds() {
        return List.of();
    }

    @Override
    public void write(MessageWriter out) {
        out.put(SESSION, sessionId);
    }

    @Override
    public void deliver(ClusterMessageHandler handler, ReceivingNode node) {
        handler.sessionEnded(sessionId);
    }
}
