package io.simpleim.ws.operation;

import io.simpleim.api.Params;
import io.simpleim.catchup.SyncService;
import io.simpleim.connection.ClientConnection;
import java.time.Duration;

/** {@code sync}: answers with the messages that the client does not hold. */
final class Sync implements Operation {
    private static final String NAME = "sync";

    /** Maximum time that an answer waits for Redis. */
    private static final Duration PRESENCE_TIMEOUT = Duration.ofSeconds(3);

    private final SyncService sync;

    Sync(SyncService sync) {
        this.sync = sync;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Charge charge() {
        return Charge.FRAME;
    }

    @Override
    public Call parse(ClientConnection client, Params params) {
        SyncRequest request = SyncRequest.of(params);
        return () -> {
            // Messages that are stored after the answer have to be pushed to this node.
            boolean unused = client.awaitPresence(PRESENCE_TIMEOUT);
            return Answer.reply(NAME, sync.sync(client.userId(), request.held(), request.limit()));
        };
    }
}
