package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which frames leave together, and which count as received. */
class ConnectionBatchesTest {
    private final HeldTasks network = new HeldTasks();
    private final FakeTransport transport = new FakeTransport(network);
    private final AtomicInteger reports = new AtomicInteger();
    private final Connection connection = new Connection(
            new Session("s", "u", 0, 0),
            transport,
            new Connection.Limits(Long.MAX_VALUE, Long.MAX_VALUE),
            0,
            () -> 0,
            connected -> reports.incrementAndGet());

    private void send(long first, long last) {
        connection.send(Samples.messages(first, last));
    }

    private static Receipt receipt(long first, long last) {
        return new Receipt("u", Samples.STREAM, first, last);
    }

    @Test
    void allWaitingFramesLeaveInOneSend() {
        send(1, 1);
        send(2, 2);
        send(3, 10);
        network.runAll();

        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(1, 10));
        assertThat(transport.batches()).isEqualTo(2);
        assertThat(transport.overlaps()).isZero();
    }

    @Test
    void framesThatExceedABatchLeaveInSeveralSends() {
        send(1, 1);
        send(2, 131);
        network.runAll();

        assertThat(Samples.seqs(transport)).isEqualTo(Samples.numbers(1, 131));
        assertThat(transport.batches()).isEqualTo(1 + 3);
    }

    @Test
    void nothingCountsAsReceivedBeforeTheNetworkHasTakenIt() {
        send(1, 3);
        assertThat(connection.takeReceipts()).isEmpty();
        network.runAll();

        assertThat(connection.takeReceipts()).containsExactly(receipt(1, 3));
        assertThat(connection.takeReceipts()).isEmpty();
    }

    @Test
    void aFailedSendDoesNotCountAsReceived() {
        send(1, 3);
        transport.breakDown();
        network.runAll();

        assertThat(connection.takeReceipts()).isEmpty();
        assertThat(reports).hasValue(0);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aPlaceholderCountsAsReceivedAndIsNotSent() {
        send(1, 1);
        connection.send(Samples.message(Samples.ROOM, 2).placeholder());
        send(3, 3);
        network.runAll();

        assertThat(Samples.seqs(transport)).containsExactly(1L, 3L);
        assertThat(connection.takeReceipts()).containsExactly(receipt(1, 3));
    }

    @Test
    void aPlaceholderNeedsNoNetwork() {
        connection.send(Samples.message(Samples.ROOM, 1).placeholder());

        assertThat(transport.batches()).isZero();
        assertThat(network.waiting()).isZero();
        assertThat(connection.takeReceipts()).containsExactly(receipt(1, 1));
        send(2, 2);
        assertThat(Samples.seqs(transport)).containsExactly(2L);
    }

    @Test
    void receiptsAreReportedOnceUntilTheyAreTaken() {
        send(1, 1);
        network.runAll();
        send(2, 2);
        network.runAll();
        assertThat(reports).hasValue(1);
        connection.takeReceipts();
        connection.send(Frame.ofText("an answer"));
        network.runAll();
        assertThat(reports).as("answers are not received in a room").hasValue(1);
        send(3, 3);
        network.runAll();

        assertThat(reports).hasValue(2);
        assertThat(connection.takeReceipts()).isEqualTo(List.of(receipt(3, 3)));
    }
}
