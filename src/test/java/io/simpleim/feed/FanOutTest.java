package io.simpleim.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.push.Connection;
import io.simpleim.push.Frame;
import io.simpleim.push.Hub;
import io.simpleim.push.Receipt;
import io.simpleim.push.Samples;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private static final Set<String> ANN = Set.of("ann");

    private final Hub hub = new Hub();
    private final HeldTasks threads = new HeldTasks();
    private final FanOut fanOut = new FanOut(hub, threads, nanos -> {});
    private final List<Integer> done = new ArrayList<>();

    private List<FakeTransport> connected(int count) {
        List<FakeTransport> transports =
                IntStream.range(0, count).mapToObj(i -> FakeTransport.inline()).toList();
        transports.forEach(transport -> Samples.connect(hub, "ann", transport));
        return transports;
    }

    @Test
    void manyConnectionsAreWrittenToInChunks() {
        List<FakeTransport> all = connected(128 + 128 + 1);
        fanOut.push(List.of(Samples.delivery(1, ANN, "")), done::add);

        assertThat(threads.waiting()).isEqualTo(2);
        assertThat(all).filteredOn(transport -> transport.batches() == 1).hasSize(128);
        threads.runNext();
        assertThat(done).isEmpty();
        threads.runNext();
        assertThat(done).containsExactly(257);
        assertThat(all)
                .allSatisfy(transport -> assertThat(Samples.seqs(transport)).containsExactly(1L));
    }

    @Test
    void oneChunkIsWrittenToByTheCaller() {
        connected(128);
        fanOut.push(List.of(Samples.delivery(1, ANN, "")), done::add);

        assertThat(threads.waiting()).isZero();
        assertThat(done).containsExactly(128);
    }

    @Test
    void doneIsCalledOnceWithoutConnectionsOrDeliveries() {
        fanOut.push(List.of(Samples.delivery(1, ANN, "")), done::add);
        assertThat(done).containsExactly(0);
        fanOut.push(List.of(), done::add);

        assertThat(done).containsExactly(0, 0);
    }

    @Test
    void doneIsCalledOnceWhenNetworksFailAtOnce() {
        List<FakeTransport> all = connected(3);
        all.forEach(FakeTransport::breakDown);
        fanOut.push(List.of(Samples.delivery(1, ANN, "")), done::add);
        fanOut.push(List.of(Samples.delivery(2, ANN, "")), done::add);

        assertThat(done).containsExactly(3, 3);
        assertThat(all)
                .allSatisfy(transport -> assertThat(Samples.seqs(transport)).containsExactly(1L));
    }

    @Test
    void eachConnectionIsWrittenToOnceForAllDeliveries() {
        List<FakeTransport> all = connected(2);
        fanOut.push(
                List.of(
                        Samples.delivery(1, ANN, ""),
                        Samples.delivery(2, Set.of("ann", "bob"), ""),
                        Samples.delivery(3, ANN, "")),
                done::add);

        assertThat(all).allSatisfy(transport -> {
            assertThat(transport.batches()).isEqualTo(1);
            assertThat(Samples.seqs(transport)).containsExactly(1L, 2L, 3L);
        });
    }

    private static Delivery ownMessage(Connection own) {
        Frame frame = Samples.message(Samples.ROOM, 1);
        return Delivery.ofMessage(frame, ANN, "ann", own::equals, Delivery.Continuity.NEXT);
    }

    @Test
    void theOwnConnectionGetsNothingAndCountsAsReached() {
        FakeTransport transport = FakeTransport.inline();
        Connection own = Samples.connect(hub, "ann", transport);
        fanOut.push(List.of(ownMessage(own)), done::add);

        assertThat(transport.batches()).isZero();
        assertThat(own.takeReceipts()).containsExactly(new Receipt("ann", Samples.STREAM, 1, 1));
        assertThat(done).containsExactly(1);
    }
}
