package io.simpleim.ws.operation;

import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.connection.ClientConnection;
import io.simpleim.session.BanCheck;

/** Charges frames, refuses banned users and carries operations out. Thread-safe. */
public final class OperationExecutor {
    private final RateLimiter frameRate;
    private final BanCheck bans;

    public OperationExecutor(RateLimiter frameRate, BanCheck bans) {
        this.frameRate = frameRate;
        this.bans = bans;
    }

    /**
     * Charges a frame once, as its operation declares, and carries it out.
     *
     * @throws RuntimeException {@link RequestRejected}, or as the service does
     */
    public Answer execute(Operation operation, ClientConnection client, Params params) {
        return switch (operation.charge()) {
            case FRAME -> {
                charge(client);
                yield parse(operation, client, params).run();
            }
            case MESSAGE -> parseMessage(operation, client, params).run();
        };
    }

    private Operation.Call parseMessage(Operation operation, ClientConnection client, Params params) {
        try {
            return parse(operation, client, params);
        } catch (RuntimeException e) {
            charge(client);
            throw e;
        }
    }

    private Operation.Call parse(Operation operation, ClientConnection client, Params params) {
        if (!operation.isOpenToBanned()) {
            bans.requireNotBanned(client.userId());
        }
        return operation.parse(client, params);
    }

    /**
     * Charges a frame.
     *
     * @throws RequestRejected ({@code rate_limited})
     */
    public void charge(ClientConnection client) {
        frameRate.take(client.userId());
    }
}
