package io.simpleim.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simpleim.api.Limit;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections from their admission to their end, on a node whose Redis is out of reach. */
class ConnectionServiceIT {
    /** The default of {@code [limits] connectionsPerUser}. */
    private static final int PER_USER = 32;

    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final TestNode node = new TestNode(mongo.address(), clock);
    private final ConnectionService connections = node.connections;
    private final FakeTransport transport = FakeTransport.inline();
    private Session anna;

    @BeforeEach
    void logIn() {
        anna = node.authenticator.authenticate(node.logins.login("anna"));
    }

    @AfterEach
    void close() {
        node.close();
        mongo.close();
    }

    private ClientConnection admit(ConnectionKind kind) {
        return connections.admit(anna, "192.0.2.1", kind, transport);
    }

    private ClientConnection open(ConnectionKind kind) {
        ClientConnection client = admit(kind);
        connections.open(client);
        return client;
    }

    /** The number of further connections that the user may open. */
    private int room() {
        List<ClientConnection> more = new ArrayList<>();
        try {
            while (true) {
                more.add(admit(ConnectionKind.SEND_ONLY));
            }
        } catch (TooManyConnectionsException e) {
            more.forEach(connections::close);
            return more.size();
        }
    }

    @Test
    void aListeningConnectionGetsWhatIsPushedToItsUser() {
        ClientConnection client = open(ConnectionKind.LISTENING);

        assertThat(node.hub.connectionsOf(List.of("anna"))).containsExactly(client.frames());
        assertThat(client.awaitPresence(Duration.ZERO))
                .as("noted, or not possible now")
                .isTrue();
        assertThat(client.sender().isOwn().test(client.frames())).isTrue();
        assertThat(client.sender().isOwn().test(open(ConnectionKind.LISTENING).frames()))
                .as("another connection of the same session")
                .isFalse();
        assertThat(room()).isEqualTo(PER_USER - 2);
        assertThat(transport.closed()).containsOnly(CloseCode.TOO_MANY_CONNECTIONS);
    }

    @Test
    void aSendOnlyConnectionGetsNoPushesAndItsSessionIsTheSender() {
        ClientConnection client = open(ConnectionKind.SEND_ONLY);

        assertThat(node.hub.userIds()).isEmpty();
        assertThat(node.hub.sessionIds()).containsExactly(anna.id());
        assertThat(client.sender().sessionId()).isEqualTo(anna.id());
        assertThat(client.sender().isOwn().test(open(ConnectionKind.LISTENING).frames()))
                .as("the connection on which the client listens")
                .isTrue();
    }

    @Test
    void beyondTheLimitAConnectionIsClosedAndNotCounted() {
        List<ClientConnection> open = new ArrayList<>();
        for (int i = 0; i < PER_USER; i++) {
            open.add(open(ConnectionKind.LISTENING));
        }

        assertThatThrownBy(() -> admit(ConnectionKind.LISTENING))
                .isInstanceOfSatisfying(
                        TooManyConnectionsException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.CONNECTIONS_PER_USER));
        assertThat(transport.closed()).containsExactly(CloseCode.TOO_MANY_CONNECTIONS);
        assertThat(node.hub.size()).isEqualTo(PER_USER);
        connections.close(open.get(0));
        assertThat(room()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsClosedLeavesNothingBehind() {
        for (ConnectionKind kind : ConnectionKind.values()) {
            ClientConnection client = open(kind);
            connections.close(client);

            assertThat(node.hub.size()).isZero();
            assertThat(node.hub.userIds()).isEmpty();
            assertThat(client.frames().isOpen()).isFalse();
        }
        assertThat(room()).isEqualTo(PER_USER);
    }

    /** The container reports the end of the session on another thread, before the hub knows the connection. */
    @Test
    void aConnectionThatIsClosedWhileItIsOpenedLeavesNothingBehind() {
        for (ConnectionKind kind : ConnectionKind.values()) {
            ClientConnection client = admit(kind);
            connections.close(client);
            connections.open(client);

            assertThat(node.hub.size()).isZero();
            assertThat(node.hub.userIds()).isEmpty();
        }
        assertThat(room()).isEqualTo(PER_USER);
    }

    @Test
    void closingTwiceCountsOnce() {
        ClientConnection client = open(ConnectionKind.LISTENING);
        open(ConnectionKind.LISTENING);
        connections.close(client);
        connections.close(client);

        assertThat(room()).isEqualTo(PER_USER - 1);
        assertThat(node.hub.size()).isEqualTo(1);
    }

    @Test
    void aConnectionWhoseSessionEndedBeforeItWasOpenedIsClosed() {
        ClientConnection client = admit(ConnectionKind.LISTENING_WITHOUT_BACKLOG);
        node.logins.logout(anna);
        assertThat(transport.closed()).isEmpty();
        connections.open(client);

        assertThat(transport.closed()).containsExactly(CloseCode.LOGGED_OUT);
    }
}
