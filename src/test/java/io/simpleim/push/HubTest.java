package io.simpleim.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.event.CloseCode;
import io.simpleim.feed.Delivery;
import io.simpleim.feed.FanOut;
import io.simpleim.model.Session;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.HeldTasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HubTest {
    private final Hub hub = new Hub();
    private final Map<Connection, FakeTransport> transports = new HashMap<>();

    @Test
    void aFrameReachesAllConnectionsOfTheUsersAndNoOthers() {
        Connection phone = added("ann", "s1", 0);
        Connection laptop = added("ann", "s2", 0);
        Connection bob = added("bob", "s3", 0);
        Connection eve = added("eve", "s4", 0);
        push(List.of("ann", "bob", "nobody"), connection -> false);

        assertThat(sent(phone)).containsExactly("hi");
        assertThat(sent(laptop)).containsExactly("hi");
        assertThat(sent(bob)).containsExactly("hi");
        assertThat(sent(eve)).isEmpty();
    }

    @Test
    void aFrameIsNotPushedToTheOwnConnection() {
        Connection phone = added("ann", "s1", 0);
        Connection laptop = added("ann", "s2", 0);
        push(List.of("ann"), connection -> connection == phone);

        assertThat(sent(phone)).isEmpty();
        assertThat(sent(laptop)).containsExactly("hi");
    }

    @Test
    void nothingIsPushedToAConnectionThatOnlySends() {
        Connection sender = connection("ann", "s1", 0);
        hub.addSendOnly(sender);
        push(List.of("ann"), connection -> false);

        assertThat(sent(sender)).isEmpty();
        assertThat(hub.size()).isEqualTo(1);
        assertThat(hub.sessionIds()).containsExactly("s1");
    }

    @Test
    void aRemovedConnectionGetsNothing() {
        Connection phone = added("ann", "s1", 0);
        Connection laptop = added("ann", "s1", 0);
        hub.remove(phone);
        push(List.of("ann"), connection -> false);

        assertThat(sent(phone)).isEmpty();
        assertThat(sent(laptop)).containsExactly("hi");
        assertThat(hub.size()).isEqualTo(1);
        hub.remove(laptop);
        hub.remove(laptop);
        assertThat(hub.size()).isZero();
        assertThat(hub.sessionIds()).isEmpty();
    }

    @Test
    void removingAnUnknownConnectionHasNoEffect() {
        Connection phone = added("ann", "s1", 0);
        hub.remove(connection("ann", "s1", 0));
        push(List.of("ann"), connection -> false);

        assertThat(sent(phone)).containsExactly("hi");
    }

    @Test
    void aSessionEndsAllItsConnectionsAndNoOthers() {
        Connection listening = added("ann", "s1", 0);
        Connection sending = connection("ann", "s1", 0);
        hub.addSendOnly(sending);
        Connection other = added("ann", "s2", 0);
        hub.disconnectSession("s1", CloseCode.LOGGED_OUT);

        assertThat(closed(listening)).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(closed(sending)).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(closed(other)).isEmpty();
        assertThat(sent(listening)).singleElement().asString().contains("logged_out");
    }

    @Test
    void onlyTheConnectionsOfExpiredSessionsAreEnded() {
        Connection forever = added("ann", "s1", 0);
        Connection expired = added("ann", "s2", 99);
        Connection expiring = added("bob", "s3", 100);
        Connection alive = added("bob", "s4", 101);
        hub.disconnectExpired(100);

        assertThat(closed(forever)).isEmpty();
        assertThat(closed(expired)).containsExactly(CloseCode.TOKEN_EXPIRED);
        assertThat(closed(expiring)).containsExactly(CloseCode.TOKEN_EXPIRED);
        assertThat(closed(alive)).isEmpty();
    }

    @Test
    void waitingBytesAreSummedAndTheLargestIsKnown() {
        HeldTasks network = new HeldTasks();
        for (String userId : List.of("ann", "bob")) {
            hub.add(open(new Session("s-" + userId, userId, 0, 0), new FakeTransport(network)));
        }
        push(List.of("ann", "bob"), connection -> false);
        assertThat(hub.waitingBytes().getSum()).as("the first is on its way").isZero();
        push(List.of("ann"), connection -> false);
        push(List.of("ann", "bob"), connection -> false);

        assertThat(hub.users()).isEqualTo(2);
        assertThat(hub.waitingBytes().getSum()).isEqualTo(3 * "hi".length());
        assertThat(hub.waitingBytes().getMax()).isEqualTo(2 * "hi".length());
        network.runAll();
        assertThat(hub.waitingBytes().getSum()).isZero();
    }

    @Test
    @Timeout(60)
    void concurrentAddsAndRemovesLeaveNothingBehindAndLoseNobody() throws Exception {
        Connection stays = added("ann", "s", 0);
        int goers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(goers + 1);
        List<Future<?>> all = new ArrayList<>();
        for (int goer = 0; goer < goers; goer++) {
            all.add(threads.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    Connection guest = open(new Session("s", "ann", 0, 0), FakeTransport.inline());
                    if (i % 2 == 0) {
                        hub.add(guest);
                    } else {
                        hub.addSendOnly(guest);
                    }
                    hub.remove(guest);
                }
            }));
        }
        int pushes = 1_000;
        all.add(threads.submit(() -> {
            for (int i = 0; i < pushes; i++) {
                push(List.of("ann"), connection -> false);
            }
        }));
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();

        assertThat(sent(stays)).hasSize(pushes);
        assertThat(hub.size()).isEqualTo(1);
        hub.remove(stays);
        assertThat(hub.size()).isZero();
        assertThat(hub.sessionIds()).isEmpty();
    }

    /** As a feed pushes it. */
    private void push(List<String> userIds, Predicate<Connection> except) {
        new FanOut(hub, Runnable::run, nanos -> {})
                .push(List.of(Delivery.ofEvent(Frame.ofText("hi"), userIds, except)), connections -> {});
    }

    private static Connection open(Session session, FakeTransport transport) {
        Connection.Limits limits = new Connection.Limits(Long.MAX_VALUE, Long.MAX_VALUE);
        return new Connection(session, transport, limits, 0, () -> 0, receipt -> {});
    }

    private Connection added(String userId, String sessionId, long expiresAt) {
        Connection connection = connection(userId, sessionId, expiresAt);
        hub.add(connection);
        return connection;
    }

    private Connection connection(String userId, String sessionId, long expiresAt) {
        FakeTransport transport = FakeTransport.inline();
        Connection connection = open(new Session(sessionId, userId, 0, expiresAt), transport);
        transports.put(connection, transport);
        return connection;
    }

    private List<String> sent(Connection connection) {
        return transports.get(connection).sent();
    }

    private List<CloseCode> closed(Connection connection) {
        return transports.get(connection).closed();
    }
}
