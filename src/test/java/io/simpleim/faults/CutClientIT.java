package io.simpleim.faults;

import static io.simpleim.testing.ImClient.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Race;
import io.simpleim.testing.StoredDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients lose their connection between a send and its answer, and retry with the same id. */
@Timeout(120)
class CutClientIT {
    private static final Logger log = LoggerFactory.getLogger(CutClientIT.class);
    private static final int CLIENTS = 4;
    private static final int SENDS = 40;
    private static final int MAX_NANOS = 3_000_000;

    @RegisterExtension
    static final DeploymentExtension server = new DeploymentExtension(() -> EmbeddedDeployment.start(
            Map.of("IM_LIMITS_MESSAGESPERSECOND", "1000000", "IM_LIMITS_MESSAGEBURST", "1000000")));

    private final SendLedger ledger = new SendLedger();
    private final ImUser host = ImUser.loggedIn(new ImClient(base()), ImClient.anyUser());
    private final String roomId = host.roomWith();

    private static URI base() {
        return server.deployment().base();
    }

    /** Sends a message and disconnects before the answer arrives. */
    private interface Cut {
        void send(ImUser user, String text, Random random);
    }

    private void sendAndCut(Cut cut) {
        long seed = Long.getLong("im.test.cut.seed", System.nanoTime());
        log.warn("The moments of the cuts: -Dim.test.cut.seed={}", seed);
        List<ImUser> users = IntStream.range(0, CLIENTS)
                .mapToObj(i -> ImUser.loggedIn(host.client(), ImClient.anyUser()))
                .toList();
        users.forEach(user -> user.enter(roomId));
        Race.each(CLIENTS, client -> {
            Random random = new Random(seed + client);
            for (int i = 0; i < SENDS; i++) {
                String text = SendLedger.text("client" + client, i);
                cut.send(users.get(client), text, random);
                // Sometimes retries on two connections at once, while the first send may still be in progress.
                Race.each(1 + random.nextInt(2), again -> sendAgain(users.get(client), text));
                assertThat(post(users.get(client), text, "another text").error())
                        .isEqualTo("conflict");
            }
        });
        assertOnce();
    }

    private void sendAgain(ImUser user, String text) {
        Answer answer = post(user, text, text);
        assertThat(answer.code()).as(answer.body()).isEqualTo(200);
        ledger.answered(text, answer.data());
    }

    private Answer post(ImUser user, String id, String text) {
        return user.post("rm/room/room_message", "room_id", roomId, "message", text, "client_msg_id", id);
    }

    /** Checks that every message is stored once, in its sender's order, as it was answered. */
    private void assertOnce() {
        try (StoredDocuments documents = new StoredDocuments(server.deployment().mongoAddress())) {
            StoreSnapshot snapshot = StoreSnapshot.of(documents, roomId);
            snapshot.assertHoldsExactly(ledger);
            assertThat(ledger.size()).isEqualTo(CLIENTS * SENDS);
            Map<String, SendLedger.Receipt> receipts = ledger.receipts();
            for (Document entry : documents.all("user_message", "room_id", roomId)) {
                assertThat(receipts.values())
                        .contains(new SendLedger.Receipt(
                                roomId,
                                entry.get("seq", Number.class).longValue(),
                                entry.getString("message_id"),
                                entry.get("created_at", Number.class).longValue()));
            }
        }
    }

    @Test
    void retryAfterACutRequestStoresOneMessage() {
        sendAndCut((user, text, random) -> {
            byte[] request = request(user, text);
            try (Socket socket = new Socket(base().getHost(), base().getPort())) {
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0);
                }
                socket.getOutputStream().write(request);
                spin(random);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void retryAfterACutWebSocketStoresOneMessage() {
        sendAndCut((user, text, random) -> {
            boolean isOperation = random.nextBoolean();
            String path = isOperation ? "u/user/connect" : "rm/room/room_message";
            String op = isOperation ? "\"op\":\"room_message\"," : "";
            try (BreakableSocket socket = BreakableSocket.open(base(), path, user.token(), frame -> {})) {
                socket.send("{" + op + "\"room_id\":\"" + roomId + "\",\"message\":\"" + text
                        + "\",\"client_msg_id\":\"" + text + "\"}");
                spin(random);
            }
        });
    }

    /** Both connections race to create the single chat. */
    @Test
    void sameMessageFromTwoConnectionsIsStoredOnce() {
        for (int i = 0; i < SENDS; i++) {
            String text = SendLedger.text("host", 0);
            String peer = ImClient.anyUser();
            SendLedger answers = new SendLedger();
            List<ImUser> sessions = List.of(host, host.inAnotherSession());
            Race.each(CLIENTS, racer -> {
                Map<String, Object> parameters = params("to_user_id", peer, "message", text, "client_msg_id", text);
                Answer answer =
                        host.client().post(sessions.get(racer % 2).token(), "rm/room/single_message", parameters);
                assertThat(answer.code()).as(answer.body()).isEqualTo(200);
                answers.answered(text, answer.data());
            });
            answers.assertNoFaults();
            try (StoredDocuments documents =
                    new StoredDocuments(server.deployment().mongoAddress())) {
                StoreSnapshot.of(documents, answers.receipts().get(text).roomId())
                        .assertHoldsExactly(answers);
            }
        }
    }

    private byte[] request(ImUser user, String text) {
        String body = "room_id=" + roomId + "&message=" + text + "&client_msg_id=" + text;
        return ("POST " + base().getPath() + "rm/room/room_message HTTP/1.1\r\nHost: " + base().getAuthority()
                        + "\r\ntoken: " + user.token()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits up to the duration of a send, so that the cut falls anywhere between request and answer. */
    private static void spin(Random random) {
        long end = System.nanoTime() + random.nextInt(MAX_NANOS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
