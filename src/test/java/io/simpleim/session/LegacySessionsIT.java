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
import io.simpleim.testing.HandmadeTokens;
import io.simpleim.testing.MongoProxy;
import io.simpleim.testing.MutableClock;
import io.simpleim.testing.Race;
import io.simpleim.testing.RawStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tokens of an earlier system on two nodes over one store. */
class LegacySessionsIT {
    private static final String LEGACY_SECRET = "im";
    private static final String USER = "10000200275";
    private static final String FOR_EVER = HandmadeTokens.PUBLISHED;
    /** An hour from the beginning. */
    private static final String AN_HOUR =
            HandmadeTokens.of(LEGACY_SECRET, "{\"user_id\":10000200275,\"login_expire\":\"1003600\"}");

    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_000_000));
    private final EmbeddedMongo mongo = EmbeddedMongo.inMemory(0);
    private final TestNode one = TestNode.withLegacy(mongo.address(), clock, LEGACY_SECRET);
    private final TestNode other = TestNode.withLegacy(mongo.address(), clock, LEGACY_SECRET);

    @AfterEach
    void close() {
        one.close();
        other.close();
        mongo.close();
    }

    private static ApiError refusal(Runnable request) {
        return catchThrowableOfType(RequestRejected.class, request::run).error();
    }

    private void refuses(ApiError error, String token) {
        for (TestNode node : List.of(one, other)) {
            assertThat(refusal(() -> node.authenticator.authenticate(token))).isEqualTo(error);
            assertThat(refusal(() -> node.authenticator.authenticateSender(token)))
                    .isEqualTo(error);
        }
    }

    private int loginStatus() {
        return StoredUser.find(one.mongo, USER).orElseThrow().loginStatus();
    }

    @Test
    void aTokenThatIsSeenForTheFirstTimeOpensItsSessionAndRegistersItsUser() {
        Session session = one.authenticator.authenticate(FOR_EVER);
        assertThat(session.userId()).isEqualTo(USER);
        assertThat(StoredUser.find(one.mongo, USER))
                .contains(new StoredUser(USER, 1, 1_000_000, 0, User.ACTIVE, 1_000_000));

        clock.advance(Duration.ofDays(9));
        assertThat(other.authenticator.authenticate(FOR_EVER)).isEqualTo(session);
        assertThat(other.authenticator.authenticateSender(FOR_EVER)).isEqualTo(session);
        assertThat(one.sessions.aliveOf(USER, 1_000_000, 9)).containsExactly(session);
    }

    @RepeatedTest(3)
    void nodesThatSeeItAtTheSameTimeOpenOneSession() {
        List<Session> seen = Race.call(6, i -> (i % 2 == 0 ? one : other).authenticator.authenticate(FOR_EVER));
        assertThat(seen).containsOnly(seen.get(0));
        assertThat(one.sessions.aliveOf(USER, 1_000_000, 9)).hasSize(1);
        assertThat(loginStatus()).isEqualTo(1);
    }

    @Test
    void loggingOutHoldsForEver() {
        Session session = one.authenticator.authenticate(FOR_EVER);
        FakeTransport here = one.connect(session);
        FakeTransport there = other.connect(session);
        one.logins.logout(session);

        assertThat(here.closed()).containsExactly(CloseCode.LOGGED_OUT);
        other.sweeper.closeEnded();
        assertThat(there.closed()).containsExactly(CloseCode.LOGGED_OUT);
        assertThat(loginStatus()).isZero();
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER);
        clock.advance(Duration.ofDays(10_000));
        one.terminator.endExpired();
        one.terminator.deleteTombstones();
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER);
        assertThat(loginStatus()).isZero();
    }

    @Test
    void aCopyWithAnotherEndOfItsSignatureIsLoggedOutToo() {
        one.logins.logout(one.authenticator.authenticate(FOR_EVER));
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER.substring(0, FOR_EVER.length() - 1) + "p");
    }

    @Test
    void aLogoutThatWasInterruptedHoldsForEverToo() {
        Session session = one.authenticator.authenticate(FOR_EVER);
        one.sessions.expireAt(List.of(session.id()), 1_000_000);
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER);
        other.terminator.endExpired();
        assertThat(loginStatus()).isZero();
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER);
    }

    @Test
    void theExpiryOfATokenCounts() {
        Session session = one.authenticator.authenticate(AN_HOUR);
        FakeTransport open = one.connect(session);
        clock.advance(Duration.ofSeconds(3599));
        one.sweeper.closeExpired();
        one.terminator.endExpired();
        assertThat(open.closed()).isEmpty();
        assertThat(other.authenticator.authenticate(AN_HOUR)).isEqualTo(session);

        clock.advance(Duration.ofSeconds(1));
        refuses(ApiError.TOKEN_EXPIRED, AN_HOUR);
        one.sweeper.closeExpired();
        assertThat(open.closed()).containsExactly(CloseCode.TOKEN_EXPIRED);
        one.terminator.endExpired();
        assertThat(loginStatus()).isZero();
        refuses(ApiError.TOKEN_EXPIRED, AN_HOUR);
    }

    @Test
    void aTokenThatHasExpiredBeforeItIsSeenOpensNothing() {
        clock.advance(Duration.ofHours(1));
        refuses(ApiError.TOKEN_EXPIRED, AN_HOUR);
        assertThat(one.users.find(USER)).isEmpty();
    }

    @Test
    void aTombstoneIsDeletedOnceItsTokenHasExpired() {
        Session session = one.authenticator.authenticate(AN_HOUR);
        one.logins.logout(session);
        clock.advance(Duration.ofSeconds(3599));
        one.terminator.deleteTombstones();
        refuses(ApiError.TOKEN_EXPIRED, AN_HOUR);
        clock.advance(Duration.ofSeconds(1));
        one.terminator.deleteTombstones();
        assertThat(one.sessions.find(session.id())).isEmpty();
        refuses(ApiError.TOKEN_EXPIRED, AN_HOUR);
    }

    @Test
    void aLegacySessionIsListedAndEndedLikeOthers() {
        SessionService sessions = one.userSessions;
        Session legacy = one.authenticator.authenticate(FOR_EVER);
        clock.advance(Duration.ofSeconds(1));
        Session newer = one.authenticator.authenticate(one.logins.login(USER));
        assertThat(sessions.list(USER)).extracting(Session::id).containsExactly(newer.id(), legacy.id());

        assertThat(sessions.endOwn(newer, Optional.empty())).isEqualTo(1);
        refuses(ApiError.TOKEN_EXPIRED, FOR_EVER);
        assertThat(loginStatus()).isEqualTo(1);
        assertThat(sessions.list(USER)).extracting(Session::id).containsExactly(newer.id());
        assertThat(sessions.end(USER, Optional.of(legacy.id()))).isZero();
    }

    @Test
    void withoutTheSecretItsTokensAreRefused() {
        one.authenticator.authenticate(FOR_EVER);
        try (TestNode without = new TestNode(mongo.address(), clock)) {
            assertThat(refusal(() -> without.authenticator.authenticate(FOR_EVER)))
                    .isEqualTo(ApiError.UNAUTHENTICATED);
        }
        one.authenticator.authenticate(FOR_EVER);
    }

    @Test
    void aBannedUserOpensNoSession() {
        one.logins.login(USER);
        RawStore.ban(mongo.address(), USER);
        refuses(ApiError.USER_BANNED, FOR_EVER);
        assertThat(one.sessions.aliveOf(USER, 1_000_000, 9)).hasSize(1);
    }

    /** The slow node says that the user is logged in after the other one has said that it is not. */
    @Test
    void theStatusIsTrueWhenTheSessionIsOpenedAndEndedElsewhereMeanwhile() throws InterruptedException {
        try (MongoProxy network = new MongoProxy(mongo.address());
                TestNode slow = TestNode.withLegacy(network.address(), clock, LEGACY_SECRET)) {
            network.hold("update user");
            CompletableFuture<ApiError> late =
                    CompletableFuture.supplyAsync(() -> refusal(() -> slow.authenticator.authenticate(FOR_EVER)));
            network.awaitHeld();
            one.logins.logout(other.authenticator.authenticate(FOR_EVER));
            network.release();
            assertThat(late.join()).isEqualTo(ApiError.TOKEN_EXPIRED);
        }
        assertThat(loginStatus()).isZero();
    }
}
