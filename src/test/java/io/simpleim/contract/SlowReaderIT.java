package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import io.simpleim.testing.RawWebSocket;
import io.simpleim.testing.RawWebSocket.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member of a busy room stops reading. It is disconnected, loses nothing, and does not affect the others. */
@Timeout(180)
class SlowReaderIT implements ApiSuite {
    private static final int TOO_SLOW = 4008;
    /** Far more than the network buffers for a client that does not read. */
    private static final int MESSAGES = 1000;

    private static final String PADDING = "x".repeat(16_000);
    private static final int OFFLINE_PER_ROOM = 50;

    private Deployment server;

    @Override
    public Deployment deployment() {
        return server;
    }

    @Test
    void slowReaderAffectsNobodyElseAndLosesNothing() {
        server = EmbeddedDeployment.start(Map.of(
                "IM_LIMITS_MESSAGESPERSECOND", "1000000",
                "IM_LIMITS_MESSAGEBURST", "1000000",
                "IM_LIMITS_OFFLINEPERROOM", String.valueOf(OFFLINE_PER_ROOM)));
        try {
            ImUser host = anyUser();
            ImUser slow = anyUser();
            List<ImUser> others = Stream.generate(this::anyUser).limit(3).toList();
            String roomId = host.roomWith(slow, others.get(0), others.get(1), others.get(2));
            floodPastAStalledReader(host, slow, others, roomId);
            assertGetsWhatItMissed(slow, roomId);
        } finally {
            server.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                        .noneMatch(name -> name.startsWith("im-")));
    }

    private void floodPastAStalledReader(ImUser host, ImUser slow, List<ImUser> others, String roomId) {
        List<ImSocket> sockets = others.stream().map(ImUser::listen).toList();
        try (RawWebSocket stuck = RawWebSocket.connect(client().base(), slow.token())) {
            host.say(roomId, "the only one that it confirms");
            assertThat(stuck.next().orElseThrow().json().get("seq").getAsLong()).isEqualTo(1);
            stuck.send("{\"op\":\"ack\",\"room_id\":\"" + roomId + "\",\"seq\":1}");
            assertThat(stuck.next().orElseThrow().json().get("code").getAsInt()).isEqualTo(200);
            try (ImSocket sending = host.roomSender()) {
                for (int i = 2; i <= MESSAGES; i++) {
                    sending.send("{\"room_id\":\"" + roomId + "\",\"message\":\"" + PADDING + "\"}");
                    assertThat(sending.next().get("code").getAsInt()).isEqualTo(200);
                }
            }
            List<Long> all = LongStream.rangeClosed(1, MESSAGES).boxed().toList();
            for (ImSocket socket : sockets) {
                assertThat(Pushes.nextSeqs(socket, MESSAGES)).isEqualTo(all);
                socket.close();
            }
            assertClosedBeforeTheEnd(stuck);
        }
    }

    /** Reads what the network has buffered, up to the close, with or without a close frame. */
    private static void assertClosedBeforeTheEnd(RawWebSocket stuck) {
        int received = 0;
        Optional<Frame> frame = stuck.next();
        while (frame.isPresent() && frame.get().opCode() == RawWebSocket.TEXT) {
            received++;
            frame = stuck.next();
        }
        assertThat(received).isLessThan(MESSAGES - 1);
        frame.ifPresent(last -> assertThat(last.closeCode()).isEqualTo(TOO_SLOW));
    }

    private static void assertGetsWhatItMissed(ImUser slow, String roomId) {
        try (ImSocket socket = slow.connect()) {
            long first = MESSAGES - OFFLINE_PER_ROOM + 1;
            JsonObject gap = socket.next();
            assertThat(gap.get("event").getAsString()).isEqualTo("gap");
            assertThat(gap.get("after_seq").getAsLong()).isEqualTo(1);
            assertThat(gap.get("before_seq").getAsLong()).isEqualTo(first);
            assertThat(Pushes.nextSeqs(socket, OFFLINE_PER_ROOM))
                    .isEqualTo(LongStream.rangeClosed(first, MESSAGES).boxed().toList());
            assertThat(slow.history(roomId, "after_seq", 1, "page_size", 1)).hasSize(1);
        }
    }
}
