package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.ImUser;
import io.simpleim.testing.RawWebSocket;
import io.simpleim.testing.RawWebSocket.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** WebSocket protocol pings, which the container answers between our own frames. */
interface PingContract extends ApiSuite {
    @Test
    default void protocolPingIsAnsweredWithItsPayload() {
        try (RawWebSocket socket =
                RawWebSocket.connect(client().base(), anyUser().token())) {
            socket.send(RawWebSocket.PING, "payload".getBytes(StandardCharsets.UTF_8));
            Frame pong = socket.next().orElseThrow();
            assertThat(pong.opCode()).isEqualTo(RawWebSocket.PONG);
            assertThat(pong.payload()).asString(StandardCharsets.UTF_8).isEqualTo("payload");
        }
    }

    @Test
    default void pingsAreAnsweredWhilePushesStream() {
        int messages = 300;
        int pings = 20;
        ImUser host = anyUser();
        ImUser guest = anyUser();
        String roomId = host.roomWith(guest);
        try (RawWebSocket socket = RawWebSocket.connect(client().base(), guest.token())) {
            Thread talking = new Thread(() -> host.sayMany(roomId, 1, messages), "talking");
            talking.start();
            List<Long> seqs = new ArrayList<>();
            List<String> pongs = new ArrayList<>();
            socket.send(RawWebSocket.PING, "0".getBytes(StandardCharsets.UTF_8));
            while (seqs.size() < messages || pongs.size() < pings) {
                Frame frame = socket.next().orElseThrow();
                if (frame.opCode() == RawWebSocket.PONG) {
                    pongs.add(new String(frame.payload(), StandardCharsets.UTF_8));
                    if (pongs.size() < pings) {
                        byte[] next = String.valueOf(pongs.size()).getBytes(StandardCharsets.UTF_8);
                        socket.send(RawWebSocket.PING, next);
                    }
                } else {
                    assertThat(frame.opCode()).isEqualTo(RawWebSocket.TEXT);
                    seqs.add(frame.json().get("seq").getAsLong());
                }
            }
            assertThat(seqs)
                    .isEqualTo(LongStream.rangeClosed(1, messages).boxed().toList());
            assertThat(pongs)
                    .isEqualTo(
                            IntStream.range(0, pings).mapToObj(String::valueOf).toList());
        }
    }
}
