package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.MessagePush;
import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import io.simpleim.testing.Race;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The change from the backlog to live pushes. */
class ConnectionLiveTest {
    private static final long OPENED_AT = 1_700_000_000;
    private static final long FRAME = Samples.message(Samples.ROOM, 1).size();

    private final HeldTasks network = new HeldTasks();
    private final FakeTransport transport = new FakeTransport(network);

    private static Connection open(Transport transport, long queueBytes) {
        Connection connection = new Connection(
                new Session("s", "u", 0, 0),
                transport,
                new Connection.Limits(queueBytes, Long.MAX_VALUE),
                OPENED_AT,
                () -> 0,
                receipt -> {});
        connection.holdLive();
        return connection;
    }

    private static void push(Connection connection, long first, long last) {
        if (connection.push(Samples.messages(first, last))) {
            connection.drain();
        }
    }

    /** It was found in the store before it was pushed, and the client got its own message back. */
    @Test
    void theClientsOwnMessageIsNotPartOfItsBacklog() {
        Connection connection = open(transport, Long.MAX_VALUE);
        MessagePush own = Samples.push(Samples.ROOM, 1);
        connection.registerOwnMessage(own.messageId());
        assertThat(connection.createBacklogFrame(own).isPlaceholder()).isTrue();
        connection.goLive();
        connection.push(List.of(Frame.ofMessage(own).placeholder()));

        assertThat(connection.createBacklogFrame(own).isPlaceholder())
                .as("it has taken its place")
                .isFalse();
    }

    @Test
    void livePushesComeAfterTheBacklog() {
        Connection connection = open(transport, Long.MAX_VALUE);
        push(connection, 4, 6);
        connection.send(Samples.messages(1, 5));
        push(connection, 7, 7);
        network.runAll();
        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(1, 5));
        assertThat(connection.goLive()).isEmpty();
        network.runAll();
        push(connection, 8, 8);
        network.runAll();

        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(1, 8));
        assertThat(connection.takeReceipts()).containsExactly(new Receipt("u", Samples.STREAM, 1, 8));
    }

    /** Another node announces it minutes later, or it is found again after Redis was away. */
    @Test
    void theBacklogIsNotSentAgainHoweverLate() {
        Connection connection = open(transport, Long.MAX_VALUE);
        connection.send(Samples.messages(1, 5));
        connection.goLive();
        network.runAll();
        push(connection, 4, 6);
        network.runAll();
        push(connection, 1, 6);
        connection.send(Frame.ofLateMessage(Samples.push(Samples.ROOM, 5)));
        network.runAll();

        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(1, 6));
        assertThat(connection.takeReceipts()).containsExactly(new Receipt("u", Samples.STREAM, 1, 6));
    }

    /** The client has them or has asked for them; the connection itself was sent nothing. */
    @Test
    void lateMessagesThatAreOlderThanTheConnectionAreDropped() {
        Connection connection = open(transport, Long.MAX_VALUE);
        connection.goLive();
        connection.send(Frame.ofLateMessage(Samples.push(Samples.ROOM, 1, OPENED_AT - 60)));
        connection.send(Frame.ofLateMessage(Samples.push(Samples.ROOM, 2, OPENED_AT)));

        assertThat(Samples.seqs(transport)).containsExactly(2L);
    }

    @Test
    void droppedPushesAreReportedAndTheNextTryIsLive() {
        Connection connection = open(transport, 6 * FRAME);
        push(connection, 3, 3);
        push(connection, 4, 6);
        assertThat(connection.goLive()).isEqualTo(Map.of(Samples.STREAM, 3L));
        connection.send(Samples.messages(3, 6));
        push(connection, 7, 7);
        network.runAll();
        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(3, 6));
        assertThat(connection.goLive()).isEmpty();

        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(3, 7));
        assertThat(transport.closed()).isEmpty();
    }

    @Test
    void answersAndEventsOfTheConnectionAreNotHeldBack() {
        Connection connection = open(transport, Long.MAX_VALUE);
        connection.send(Frame.ofText("pong"));

        assertThat(transport.sent()).containsExactly("pong");
    }

    @Test
    void aConnectionThatHoldsNothingBackIsLive() {
        Connection connection = open(transport, Long.MAX_VALUE);
        connection.goLive();

        assertThat(connection.goLive()).isEmpty();
        push(connection, 1, 1);
        assertThat(Samples.seqs(transport)).containsExactly(1L);
    }

    /** One thread pushes, another sends the backlog, and a third completes the sends. */
    @Test
    @Timeout(120)
    void pushesWhileGoingLiveAreNeitherLostNorDoubledNorReordered() {
        ExecutorService completer = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 300; round++) {
                boolean isInline = round % 2 == 0;
                FakeTransport busy = isInline ? FakeTransport.inline() : new FakeTransport(completer);
                // Every third gate overflows now and then.
                Connection connection = open(busy, round % 3 == 0 ? 64 * FRAME : Long.MAX_VALUE);
                goLiveWhilePushing(connection, 200, round % 3 == 0);
                String where = "round " + round + ", closed " + busy.closed();
                if (busy.closed().isEmpty()) {
                    Awaitility.await(where).until(() -> busy.sent().size() >= 200);
                }
                List<Long> got = Samples.seqs(busy);
                assertThat(got).as(where).isEqualTo(Samples.numbers(1, got.size()));
                assertThat(busy.overlaps()).as(where).isZero();
            }
        } finally {
            completer.shutdownNow();
        }
    }

    private static void goLiveWhilePushing(Connection connection, long last, boolean isSlow) {
        AtomicLong stored = new AtomicLong();
        Callable<Boolean> room = () -> {
            for (long seq = 1; seq <= last; seq++) {
                stored.set(seq);
                push(connection, seq, seq);
                if (isSlow) {
                    Thread.yield();
                }
            }
            return true;
        };
        Callable<Boolean> missed = () -> {
            Map<StreamKey, Long> sentUpTo = new HashMap<>(Map.of(Samples.STREAM, 0L));
            Map<StreamKey, Long> toSend = Map.of(Samples.STREAM, 1L);
            do {
                long first = Math.max(toSend.get(Samples.STREAM), sentUpTo.get(Samples.STREAM) + 1);
                long upTo = Math.max(stored.get(), first - 1);
                for (long seq = first; seq <= upTo; seq++) {
                    connection.send(Samples.message(Samples.ROOM, seq));
                }
                sentUpTo.put(Samples.STREAM, upTo);
                toSend = connection.goLive();
            } while (!toSend.isEmpty());
            return true;
        };
        Race.run(List.of(room, missed));
    }
}
