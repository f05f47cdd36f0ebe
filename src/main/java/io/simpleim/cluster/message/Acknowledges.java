package io.simpleim.cluster.message;

import java.util.List;
import java.util.Optional;

/**
 * A client of a user has acknowledged a message for the first time: from now on the server relies on the user's acks.
 */
public record Acknowledges(String userId) implements ClusterMessage {
    private static final String USER = "acks";

    static Optional<Acknowledges> read(MessageReader in) {
        return in.text(USER).map(Acknowledges::new);
    }

    @Override
    public ClusterMessageKind kind() {
        return ClusterMessageKind.ACKNOWLEDGES;
    }

    @Override
    public List<String> userIds() {
        return List.of(userId);
    }

    @Override
    public void write(MessageWriter out) {
        out.put(USER, userId);
    }

    @Override
    public void deliver(ClusterMessageHandler handler, ReceivingNode node) {
        handler.userAcknowledges(userId);
    }
}
