package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawWebSocket;
import io.simpleim.testing.RawWebSocket.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Unresponsive clients, on a server with a short idle limit. */
class IdleIT implements ApiSuite {
    private static final int TOO_SLOW = 4008;

    @RegisterExtension
    static final DeploymentExtension SERVER =
            new DeploymentExtension(() -> EmbeddedDeployment.start(Map.of("IM_LIMITS_IDLESECONDS", "2")));

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }

    @Test
    void onlyAClientThatIgnoresPingsIsClosed() {
        ImUser user = anyUser();
        // These sockets have been silent for longer, but the JDK's client answers pings by itself.
        try (ImSocket alive = user.listen();
                ImSocket sending = user.roomSender();
                RawWebSocket dead = RawWebSocket.connect(client().base(), user.token())) {
            List<Integer> opCodes = new ArrayList<>();
            Optional<Frame> frame = dead.next();
            while (frame.isPresent() && frame.get().opCode() != RawWebSocket.CLOSE) {
                opCodes.add(frame.get().opCode());
                frame = dead.next();
            }
            assertThat(opCodes).isNotEmpty().containsOnly(RawWebSocket.PING);
            assertThat(frame).map(Frame::closeCode).hasValue(TOO_SLOW);

            assertThat(Pushes.ask(alive, "op", "ping").get("op").getAsString()).isEqualTo("pong");
            sending.send("{\"ref\":1}");
            JsonObject answer = sending.next();
            assertThat(answer.get("ref").getAsInt()).isEqualTo(1);
        }
    }

    @Test
    void sendingFramesCountsAsAlive() {
        ImUser user = anyUser();
        try (RawWebSocket talking = RawWebSocket.connect(client().base(), user.token());
                RawWebSocket dead = RawWebSocket.connect(client().base(), user.token())) {
            Optional<Frame> frame = dead.next();
            while (frame.isPresent() && frame.get().opCode() != RawWebSocket.CLOSE) {
                // It gets the same pings, but sends frames instead of answering.
                talking.send("{\"op\":\"ping\"}");
                frame = dead.next();
            }
            talking.send("{\"op\":\"typing\"}");
            Frame answer = talking.next().orElseThrow();
            while (!isReply(answer)) {
                assertThat(answer.opCode()).isNotEqualTo(RawWebSocket.CLOSE);
                answer = talking.next().orElseThrow();
            }
        }
    }

    private static boolean isReply(Frame frame) {
        return frame.opCode() == RawWebSocket.TEXT
                && frame.json().get("op").getAsString().equals("reply");
    }
}
