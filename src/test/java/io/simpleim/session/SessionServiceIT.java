package io.simpleim.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.StoredUser;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that are ended together, with another node on the same store. */
class SessionServiceIT {
    private static final int MANY = 2100;

    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final TestNode one = new TestNode(mongo.address(), clock);
    private final TestNode other = new TestNode(mongo.address(), clock);
    private final SessionService sessions = one.userSessions;

    @AfterEach
    void close() {
        one.close();
        other.close();
        mongo.close();
    }

    private Session login(String userId) {
        return one.authenticator.authenticate(one.logins.login(userId));
    }

    private int loginStatus(String userId) {
        return StoredUser.find(one.mongo, userId).orElseThrow().loginStatus();
    }

    @Test
    void anyNumberOfSessionsEndsAtOnce() {
        String token = one.logins.login("anna");
        IntStream.range(1, MANY).parallel().forEach(i -> one.sessions.insert(new Session("s" + i, "anna", 999_000, 0)));
        login("bert");

        assertThat(sessions.list("anna")).hasSize(SessionService.MAX_LISTED);
        assertThat(sessions.end("anna", Optional.empty())).isEqualTo(MANY);
        assertThat(sessions.list("anna")).isEmpty();
        assertThat(sessions.list("bert")).hasSize(1);
        assertThat(loginStatus("anna")).isZero();
        assertThat(loginStatus("bert")).isEqualTo(1);
        assertThat(catchThrowableOfType(RequestRejected.class, () -> other.authenticator.authenticate(token))
                        .error())
                .isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void connectionsCloseOnEveryNodeEvenIfItMissedTheNotification() {
        Session phone = login("anna");
        Session desktop = login("anna");
        Session stranger = login("bert");
        FakeTransport here = one.connect(phone);
        FakeTransport there = other.connect(desktop);
        FakeTransport kept = other.connect(stranger);

        sessions.end("anna", Optional.empty());
        assertThat(here.closed()).containsExactly(CloseCode.LOGGED_OUT);
        other.sweeper.closeEnded();
        assertThat(there.closed()).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(kept.closed()).isEmpty();
    }

    @Test
    void nodesMayEndTheSameSessionsAtTheSameTime() {
        for (int i = 0; i < 20; i++) {
            login("anna");
        }
        Race.each(4, i -> (i % 2 == 0 ? one : other).userSessions.end("anna", Optional.empty()));
        assertThat(sessions.list("anna")).isEmpty();
        assertThat(loginStatus("anna")).isZero();
    }

    @Test
    void anExpiredSessionIsNeitherListedNorEnded() {
        Session session = login("anna");
        clock.advance(Duration.ofSeconds(TestNode.LIFETIME_SECONDS));
        assertThat(sessions.list("anna")).isEmpty();
        assertThat(sessions.end("anna", Optional.of(session.id()))).isZero();
        assertThat(sessions.end("anna", Optional.empty())).isZero();
    }

    /** A node may die between the two steps, and then no other node was notified of the end. */
    @Test
    void anInterruptedEndIsCompletedWithTheExpiredSessions() {
        List<Session> interrupted = List.of(login("anna"), login("anna"));
        Session left = login("bert");
        one.sessions.expireAt(interrupted.stream().map(Session::id).toList(), 1_000_000);
        assertThat(loginStatus("anna")).isEqualTo(1);

        other.terminator.endExpired();
        assertThat(loginStatus("anna")).isZero();
        assertThat(one.sessions.find(interrupted.get(0).id())).isEmpty();
        assertThat(one.sessions.find(left.id())).isPresent();
    }
}
