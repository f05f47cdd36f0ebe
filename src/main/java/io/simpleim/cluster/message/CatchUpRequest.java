package io.simpleim.cluster.message;

import java.util.List;
import java.util.Optional;

/**
 * The sender could not publish some messages: every node looks in the store for what was stored since then.
 *
 * @param since Unix seconds
 */
public record CatchUpRequest(long since) implements ClusterMessage {
    private static final String SINCE = "since";

    static Optional<CatchUpRequest> read(MessageReader in) {
        return in.number(SINCE).stream().mapToObj(CatchUpRequest::new).findFirst();
    }

    @Override
    public ClusterMessageKind kind() {
        return ClusterMessageKind.CATCH_UP_REQUEST;
    }

    @Override
    public List<String> userIds() {
        return List.of();
    }

    @Override
    public void write(MessageWriter out) {
        out.put(SINCE, since);
    }

    @Override
    public void deliver(ClusterMessageHandler handler, ReceivingNode node) {
        node.catchUp(since);
    }
}
