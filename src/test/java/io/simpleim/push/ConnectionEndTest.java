package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pings, the task that waits for an idle connection, and the ways in which a connection ends. */
class ConnectionEndTest {
    private static final long MAX_AGE = 100;

    private final HeldTasks network = new HeldTasks();
    private final FakeTransport transport = new FakeTransport(network);
    private final AtomicInteger drained = new AtomicInteger();
    private long now;
    private final Connection connection = new Connection(
            new Session("s", "u", 0, 0),
            transport,
            new Connection.Limits(Long.MAX_VALUE, MAX_AGE),
            0,
            () -> now,
            receipt -> {});

    private void send(String text) {
        connection.send(Frame.ofText(text));
    }

    /** The ping was skipped during a send, so a busy connection was closed as silent. */
    @Test
    void aPingIsSentBetweenTwoSends() {
        send("a");
        send("b");
        connection.ping();
        assertThat(transport.pings()).isZero();
        network.runNext();
        assertThat(transport.pings()).isEqualTo(1);
        assertThat(transport.sent()).containsExactly("a");
        network.runAll();

        assertThat(transport.sent()).containsExactly("a", "b");
        assertThat(transport.pings()).isEqualTo(1);
        assertThat(transport.overlaps()).isZero();
    }

    @Test
    void aFrameSentDuringAPingLeavesAfterIt() {
        connection.ping();
        send("a");
        assertThat(transport.sent()).isEmpty();
        network.runAll();

        assertThat(transport.sent()).containsExactly("a");
        assertThat(transport.overlaps()).isZero();
    }

    @Test
    void aPingThatFailsEndsTheConnection() {
        connection.ping();
        send("a");
        transport.breakDown();
        network.runAll();

        assertThat(transport.sent()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aClosedConnectionIsNotPinged() {
        connection.markClosed();
        connection.ping();

        assertThat(transport.pings()).isZero();
    }

    @Test
    void theTaskRunsAtOnceIfNothingWaits() {
        connection.whenDrained(drained::incrementAndGet);
        assertThat(drained).hasValue(1);
        send("a");
        network.runAll();

        assertThat(drained).hasValue(1);
    }

    @Test
    void theTaskRunsOnceWhenAllFramesAreWithTheNetwork() {
        send("a");
        send("b");
        connection.whenDrained(drained::incrementAndGet);
        network.runNext();
        assertThat(drained).as("b is under way").hasValue(0);
        network.runAll();
        send("c");
        network.runAll();

        assertThat(drained).hasValue(1);
    }

    @Test
    void aLaterTaskReplacesTheFirst() {
        send("a");
        connection.whenDrained(() -> drained.addAndGet(100));
        connection.whenDrained(drained::incrementAndGet);
        network.runAll();

        assertThat(drained).hasValue(1);
    }

    @Test
    void theTaskRunsWhenTheConnectionIsGone() {
        send("a");
        connection.whenDrained(drained::incrementAndGet);
        transport.breakDown();
        network.runAll();

        assertThat(drained).hasValue(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void finishingClosesWhenTheWaitingFramesHaveLeft() {
        send("a");
        send("b");
        connection.finish(CloseCode.GOING_AWAY);
        network.runNext();
        assertThat(transport.closed()).isEmpty();
        network.runNext();

        assertThat(transport.sent()).containsExactly("a", "b");
        assertThat(transport.closed()).containsExactly(CloseCode.GOING_AWAY);
    }

    @Test
    void finishingAnIdleConnectionClosesItAtOnce() {
        connection.finish(CloseCode.GOING_AWAY);

        assertThat(transport.closed()).containsExactly(CloseCode.GOING_AWAY);
    }

    /** It kept taking frames, so a busy connection was never closed. */
    @Test
    void aFinishingConnectionTakesNoMoreFrames() {
        send("a");
        connection.finish(CloseCode.GOING_AWAY);
        send("b");
        connection.disconnect(CloseCode.LOGGED_OUT);
        network.runAll();

        assertThat(connection.isOpen()).isFalse();
        assertThat(transport.sent()).containsExactly("a");
        assertThat(transport.closed()).containsExactly(CloseCode.GOING_AWAY);
    }

    /** The task of the backlog replaced the close, so the connection stayed open. */
    @Test
    void finishingIsNotReplacedByATaskThatWaits() {
        send("a");
        connection.finish(CloseCode.GOING_AWAY);
        connection.whenDrained(drained::incrementAndGet);
        network.runAll();

        assertThat(transport.closed()).containsExactly(CloseCode.GOING_AWAY);
        assertThat(drained).hasValue(1);
    }

    @Test
    void aConnectionIsStalledWhenAFrameHasWaitedTooLong() {
        send("under way");
        now = MAX_AGE + 1;
        assertThat(connection.isStalled()).as("nothing waits").isFalse();
        send("waits");
        now += MAX_AGE;
        assertThat(connection.isStalled()).isFalse();
        now++;
        assertThat(connection.isStalled()).isTrue();
        send("one more");

        assertThat(transport.closed()).containsExactly(CloseCode.TOO_SLOW);
    }

    @Test
    void activityEndsTheSilence() {
        now = 70;
        assertThat(connection.silentNanos()).isEqualTo(70);
        connection.recordActivity();
        now = 75;

        assertThat(connection.silentNanos()).isEqualTo(5);
    }
}
