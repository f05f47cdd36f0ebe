package io.simpleim.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simpleim.api.ApiError;
import io.simpleim.api.RequestRejected;
import io.simpleim.bootstrap.TestNode;
import io.simpleim.event.CloseCode;
import io.simpleim.model.Session;
import io.simpleim.model.User;
import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.store.mongo.StoredUser;
import io.simpleim.testing.FakeTransport;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Race;
import io.simpleim.testing.RawStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Sessions on two nodes over one store, without a Redis. */
class LoginServiceIT {
    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final TestNode one = new TestNode(mongo.address(), clock);
    private final TestNode other = new TestNode(mongo.address(), clock);

    @AfterEach
    void close() {
        one.close();
        other.close();
        mongo.close();
    }

    private TestNode node(int i) {
        return i % 2 == 0 ? one : other;
    }

    private Session login(String userId) {
        return one.authenticator.authenticate(one.logins.login(userId));
    }

    private int loginStatus(String userId) {
        return StoredUser.find(one.mongo, userId).orElseThrow().loginStatus();
    }

    private static ApiError refusal(Runnable request) {
        return catchThrowableOfType(RequestRejected.class, request::run).error();
    }

    @Test
    void aTokenIsRefusedOnEveryNodeAsSoonAsItsSessionIsEnded() {
        String token = one.logins.login("anna");
        one.logins.logout(other.authenticator.authenticate(token));
        assertThat(refusal(() -> one.authenticator.authenticate(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
        assertThat(refusal(() -> other.authenticator.authenticate(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void aSendOnTheNodeThatEndedTheSessionIsRefusedAtOnce() {
        one.sweeper.startHearing();
        String token = one.logins.login("anna");
        Session session = one.authenticator.authenticateSender(token);
        one.logins.logout(session);
        assertThat(refusal(() -> one.authenticator.authenticateSender(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void onOtherNodesSendsAreRefusedOnceTheyAreNotifiedAndOtherRequestsAtOnce() {
        one.sweeper.startHearing();
        String token = one.logins.login("anna");
        Session session = one.authenticator.authenticateSender(token);
        other.logins.logout(session);
        assertThat(refusal(() -> one.authenticator.authenticate(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
        assertThat(one.authenticator.authenticateSender(token)).isEqualTo(session);
        one.sweeper.sessionEnded(session.id());
        assertThat(refusal(() -> one.authenticator.authenticateSender(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void aNodeWithoutNotificationsRefusesEverySendOfAnEndedSession() {
        one.sweeper.startHearing();
        String token = one.logins.login("anna");
        Session session = one.authenticator.authenticateSender(token);
        one.sweeper.stopHearing();
        other.logins.logout(session);
        assertThat(refusal(() -> one.authenticator.authenticateSender(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
        one.sweeper.startHearing();
        assertThat(refusal(() -> one.authenticator.authenticateSender(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void aCachedSessionExpiresByTheClock() {
        one.sweeper.startHearing();
        String token = one.logins.login("anna");
        one.authenticator.authenticateSender(token);
        clock.advance(Duration.ofSeconds(TestNode.LIFETIME_SECONDS));
        assertThat(refusal(() -> one.authenticator.authenticateSender(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
    }

    @Test
    void theUserIsLoggedOutWithItsLastSession() {
        Session phone = login("anna");
        Session desktop = login("anna");
        one.logins.logout(phone);
        assertThat(loginStatus("anna")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(9));
        other.logins.logout(desktop);
        assertThat(StoredUser.find(one.mongo, "anna"))
                .contains(new StoredUser("anna", 0, 1_000_000, 1_000_009, User.ACTIVE, 1_000_000));
    }

    @RepeatedTest(3)
    void theStatusIsTrueWhenManyHaveLoggedInAndOutAtOnce() {
        for (int round = 0; round < 15; round++) {
            String userId = UUID.randomUUID().toString();
            List<Session> open =
                    IntStream.range(0, 3).mapToObj(i -> login(userId)).toList();
            boolean someStay = round % 2 == 0;
            Race.each(4, i -> {
                if (i < 3) {
                    node(i).logins.logout(open.get(i));
                } else {
                    String token = node(i).logins.login(userId);
                    if (!someStay) {
                        node(i).logins.logout(node(i).authenticator.authenticate(token));
                    }
                }
            });
            assertThat(loginStatus(userId)).as("round %d", round).isEqualTo(someStay ? 1 : 0);
        }
    }

    @Test
    void theStatusIsTrueWhenTheUserLogsInAndOutElsewhereDuringALogout() throws InterruptedException {
        Session first = login("anna");
        try (MongoProxy network = new MongoProxy(mongo.address());
                TestNode slow = new TestNode(network.address(), clock)) {
            network.hold("update user");
            CompletableFuture<Void> logout = CompletableFuture.runAsync(() -> slow.logins.logout(first));
            network.awaitHeld();
            Session second = login("anna");
            network.passOne();
            network.awaitHeld();
            one.logins.logout(second);
            network.release();
            logout.join();
        }
        assertThat(loginStatus("anna")).isZero();
    }

    @Test
    void aSessionThatHasExpiredIsRefusedThenEndedAndItsConnectionsClosed() {
        String token = one.logins.login("anna");
        FakeTransport transport = one.connect(one.authenticator.authenticate(token));
        clock.advance(Duration.ofSeconds(TestNode.LIFETIME_SECONDS - 1));
        one.terminator.endExpired();
        one.authenticator.authenticate(token);
        assertThat(transport.closed()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(() -> one.authenticator.authenticate(token))).isEqualTo(ApiError.TOKEN_EXPIRED);
        assertThat(loginStatus("anna")).isEqualTo(1);
        Race.each(2, i -> node(i).terminator.endExpired());
        assertThat(loginStatus("anna")).isZero();
        one.sweeper.closeEnded();
        assertThat(transport.closed()).containsExactly(CloseCode.TOKEN_EXPIRED);
        assertThat(transport.sent()).singleElement().asString().contains("10001");
    }

    @Test
    void aNodeThatMissedTheNotificationFindsTheEndedSessions() {
        Session ended = login("anna");
        Session alive = login("anna");
        FakeTransport dropped = one.connect(ended);
        FakeTransport kept = one.connect(alive);
        other.logins.logout(ended);
        assertThat(dropped.closed()).isEmpty();
        one.sweeper.closeEnded();
        assertThat(dropped.closed()).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(kept.closed()).isEmpty();
    }

    @Test
    void aBannedUserGetsNoTokenAndEarlierTokensAreRefused() {
        String token = one.logins.login("anna");
        RawStore.ban(mongo.address(), "anna");
        assertThat(refusal(() -> one.logins.login("anna"))).isEqualTo(ApiError.USER_BANNED);
        assertThat(refusal(() -> other.authenticator.authenticate(token))).isEqualTo(ApiError.USER_BANNED);
    }
}
