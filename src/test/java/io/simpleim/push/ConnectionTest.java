package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectionTest {
    private static final Session SESSION = new Session("s", "u", 0, 100);
    private static final String LOGGED_OUT =
            "{\"message_type\":10001,\"event\":\"disconnect\",\"reason\":\"logged_out\"}";

    private final HeldTasks network = new HeldTasks();
    private final FakeTransport transport = new FakeTransport(network);
    private final Connection connection = open(transport, 10);

    private static Connection open(Transport transport, long queueBytes) {
        return new Connection(
                SESSION, transport, new Connection.Limits(queueBytes, Long.MAX_VALUE), 0, () -> 0, receipt -> {});
    }

    private static void send(Connection connection, String text) {
        connection.send(Frame.ofText(text));
    }

    @Test
    void oneFrameIsUnderWayAtATime() {
        send(connection, "a");
        send(connection, "b");
        assertThat(transport.sent()).containsExactly("a");
        network.runNext();
        assertThat(transport.sent()).containsExactly("a", "b");
        network.runAll();
        send(connection, "c");

        assertThat(transport.sent()).containsExactly("a", "b", "c");
        assertThat(transport.overlaps()).isZero();
    }

    @Test
    void framesThatTheNetworkTakesAtOnceLeaveAtOnce() {
        FakeTransport fast = FakeTransport.inline();
        Connection connected = open(fast, 10);
        send(connected, "a");
        send(connected, "b");

        assertThat(fast.sent()).containsExactly("a", "b");
        assertThat(fast.closed()).isEmpty();
    }

    @Test
    void thousandsOfFramesThatWaitedDoNotOverflowTheStack() {
        int count = 100_000;
        boolean[] held = {true};
        FakeTransport mixed = new FakeTransport(task -> {
            if (held[0]) {
                network.execute(task);
            } else {
                task.run();
            }
        });
        Connection connected = open(mixed, Long.MAX_VALUE);
        IntStream.range(0, count).forEach(i -> send(connected, Integer.toString(i)));
        held[0] = false;
        network.runNext();

        assertThat(mixed.sent()).hasSize(count).last().isEqualTo(Integer.toString(count - 1));
    }

    @Test
    void thousandsOfFramesEachDoneLaterDoNotOverflowTheStack() {
        int count = 100_000;
        Connection connected = open(transport, Long.MAX_VALUE);
        IntStream.range(0, count).forEach(i -> send(connected, Integer.toString(i)));
        network.runAll();

        assertThat(transport.sent()).hasSize(count);
    }

    @Test
    void aClientThatDoesNotReadIsClosed() {
        send(connection, "under way");
        send(connection, "0123456789");
        assertThat(transport.closed()).isEmpty();
        send(connection, "x");
        assertThat(transport.closed()).containsExactly(CloseCode.TOO_SLOW);

        send(connection, "y");
        network.runAll();
        assertThat(transport.sent()).containsExactly("under way");
        assertThat(transport.closed()).containsExactly(CloseCode.TOO_SLOW);
        assertThat(CloseCode.TOO_SLOW.code()).isEqualTo(4008);
    }

    @Test
    void nothingIsSentAfterASendThatFailed() {
        send(connection, "a");
        send(connection, "b");
        transport.breakDown();
        network.runAll();
        send(connection, "c");
        connection.disconnect(CloseCode.LOGGED_OUT);

        assertThat(transport.sent()).containsExactly("a");
    }

    @Test
    void nothingIsSentAfterClosing() {
        send(connection, "a");
        send(connection, "b");
        connection.close(CloseCode.GOING_AWAY);
        network.runAll();
        send(connection, "c");

        assertThat(transport.sent()).containsExactly("a");
        assertThat(transport.closed()).containsExactly(CloseCode.GOING_AWAY);
    }

    @Test
    void aDisconnectedClientGetsTheReasonAndNothingElse() {
        send(connection, "a");
        send(connection, "b");
        connection.disconnect(CloseCode.LOGGED_OUT);
        send(connection, "c");
        network.runNext();
        assertThat(transport.sent()).containsExactly("a", LOGGED_OUT);
        assertThat(transport.closed()).as("before the event has left").isEmpty();
        network.runNext();

        assertThat(transport.closed()).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(network.waiting()).isZero();
    }

    @Test
    void anIdleConnectionIsDisconnectedAtOnce() {
        FakeTransport fast = FakeTransport.inline();
        open(fast, 10).disconnect(CloseCode.LOGGED_OUT);

        assertThat(fast.sent()).containsExactly(LOGGED_OUT);
        assertThat(fast.closed()).containsExactly(CloseCode.LOGGED_OUT);
    }

    @Test
    void theFirstReasonToDisconnectCounts() {
        connection.disconnect(CloseCode.LOGGED_OUT);
        connection.disconnect(CloseCode.TOKEN_EXPIRED);
        network.runAll();

        assertThat(transport.sent()).containsExactly(LOGGED_OUT);
        assertThat(transport.closed()).containsExactly(CloseCode.LOGGED_OUT);
    }

    /** In any interleaving, the event and the close have the same reason, and the close comes once, after the event. */
    @Test
    @Timeout(60)
    void disconnectingWhilePushingEndsWithTheEventAndThenTheClose() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 2_000; round++) {
                EventThenClose strict = new EventThenClose();
                Connection connected = open(strict, 1_000);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                all.add(threads.submit(() -> after(start, () -> send(connected, "a"))));
                all.add(threads.submit(() -> after(start, () -> send(connected, "b"))));
                all.add(threads.submit(() -> after(start, () -> connected.disconnect(CloseCode.LOGGED_OUT))));
                all.add(threads.submit(() -> after(start, () -> connected.disconnect(CloseCode.TOKEN_EXPIRED))));
                start.countDown();
                for (Future<?> one : all) {
                    one.get();
                }
                String close = strict.log.get(strict.log.size() - 1);
                List<String> frames = strict.log.stream()
                        .takeWhile(line -> !line.equals(close))
                        .toList();
                assertThat(close).as("round %d", round).startsWith("close ");
                assertThat(frames.get(frames.size() - 1))
                        .as("round %d, %s", round, strict.log)
                        .contains("disconnect", close.substring("close ".length()));
                assertThat(strict.log.subList(frames.size(), strict.log.size())).containsOnly(close);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void pushersOnSeveralThreadsKeepTheirOrderAndNeverOverlap() throws Exception {
        int pushers = 4;
        int each = 20_000;
        ExecutorService threads = Executors.newFixedThreadPool(pushers);
        ExecutorService completer = Executors.newSingleThreadExecutor();
        FakeTransport busy = new FakeTransport(completer);
        Connection connected = open(busy, Long.MAX_VALUE);
        List<Future<?>> all = new ArrayList<>();
        for (int pusher = 0; pusher < pushers; pusher++) {
            String prefix = pusher + ":";
            all.add(threads.submit(() -> IntStream.range(0, each).forEach(i -> send(connected, prefix + i))));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> busy.sent().size() == pushers * each);
        completer.shutdown();

        assertThat(busy.overlaps()).isZero();
        for (int pusher = 0; pusher < pushers; pusher++) {
            String prefix = pusher + ":";
            assertThat(busy.sent().stream().filter(frame -> frame.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    private static void after(CountDownLatch start, Runnable task) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        task.run();
    }

    /** Logs a frame when it has left, so that a close during the event would be logged before it. */
    private static final class EventThenClose implements Transport {
        // Guarded by itself.
        private final List<String> log = new ArrayList<>();

        @Override
        public void send(List<Frame> frames, Done done) {
            Thread.yield();
            synchronized (log) {
                frames.forEach(frame -> log.add(frame.text()));
            }
            done.result(true);
        }

        @Override
        public void ping(Done done) {
            done.result(true);
        }

        @Override
        public void close(CloseCode code) {
            synchronized (log) {
                log.add("close " + code.reason());
            }
        }
    }
}
