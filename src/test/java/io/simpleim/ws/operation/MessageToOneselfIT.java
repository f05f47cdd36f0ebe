package io.simpleim.ws.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.api.Params;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.connection.ClientConnection;
import io.simpleim.connection.ConnectionKind;
import io.simpleim.connection.TestConnections;
import io.simpleim.session.BanCheck;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.MutableClock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** It was charged twice: as a message by the service, which then refused it, and as a frame after that. */
class MessageToOneselfIT {
    private final FrameRate rate = new FrameRate();

    @Test
    void aMessageToOneselfIsNotChargedAsAFrame() {
        MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
                TestNode node = new TestNode(mongo.address(), clock)) {
            ClientConnection ann = TestConnections.of("ann", ConnectionKind.LISTENING);
            OperationExecutor executor = new OperationExecutor(rate.limiter, new BanCheck(userId -> false));
            Params params = new Params(Map.of("to_user_id", "ann", "message", "m"));
            assertThatThrownBy(() -> executor.execute(new SingleMessage(node.messages), ann, params))
                    .isInstanceOf(RequestRejected.class)
                    .hasMessage("invalid_parameter: to_user_id");
        }
        assertThat(rate.charges("ann")).isZero();
    }
}
