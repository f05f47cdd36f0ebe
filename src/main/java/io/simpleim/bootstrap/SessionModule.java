package io.simpleim.bootstrap;

import com.github.benmanes.caffeine.cache.Ticker;
import io.simpleim.audit.AuditLog;
import io.simpleim.auth.TokenSecrets;
import io.simpleim.auth.Tokens;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.cluster.message.SessionEnded;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.push.Hub;
import io.simpleim.session.Authenticator;
import io.simpleim.session.BanCheck;
import io.simpleim.session.LegacySessions;
import io.simpleim.session.LoginService;
import io.simpleim.session.LoginStatus;
import io.simpleim.session.SessionCache;
import io.simpleim.session.SessionService;
import io.simpleim.session.SessionSweeper;
import io.simpleim.session.SessionTerminator;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions, tokens and login statuses. */
final class SessionModule {
    private static final Logger log = LoggerFactory.getLogger(SessionModule.class);
    private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(1);

    /** Maximum time that a connection outlives its session if the cluster message about the end was lost. */
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);

    private static final Duration LEGACY_INTERVAL = Duration.ofHours(1);

    final Tokens tokens;
    final BanCheck bans;
    final SessionTerminator terminator;
    final SessionSweeper sweeper;
    final Authenticator authenticator;
    final LoginService logins;
    final SessionService sessions;
    final LoginStatus status;
    private final boolean acceptsLegacy;

    /** @param lifetimeSeconds {@code [login] loginExpire}, 0 = never */
    SessionModule(
            TokenSecrets secrets,
            long lifetimeSeconds,
            Stores stores,
            Hub hub,
            ClusterPublisher cluster,
            AuditLog audit,
            Clock clock) {
        acceptsLegacy = secrets.legacy().isPresent();
        tokens = new Tokens(secrets);
        bans = BanCheck.of(stores.users);
        SessionCache cache = new SessionCache(stores.sessions::find, Ticker.systemTicker());
        sweeper = new SessionSweeper(stores.sessions, cache, hub, clock);
        terminator = new SessionTerminator(stores.sessions, stores.users, id -> announceEnd(id, cluster), audit, clock);
        LegacySessions legacy = new LegacySessions(stores.sessions, stores.users, bans, terminator, audit, clock);
        authenticator = new Authenticator(tokens, stores.sessions, cache, legacy, bans, clock);
        logins = new LoginService(
                tokens, stores.sessions, stores.users, bans, terminator, lifetimeSeconds, audit, clock);
        sessions = new SessionService(terminator, stores.sessions, stores.users, clock);
        status = new LoginStatus(stores.users, stores.userLocations, cluster.membership(), clock);
    }

    private void announceEnd(String sessionId, ClusterPublisher cluster) {
        sweeper.sessionEnded(sessionId);
        cluster.outbox().publish(new SessionEnded(sessionId));
    }

    void schedule(PeriodicRunner runner) {
        status.schedule(runner);
        runner.every(EXPIRY_INTERVAL, "closing expired connections", sweeper::closeExpired);
        runner.every(EXPIRY_INTERVAL, "ending expired sessions", terminator::endExpired);
        runner.every(SWEEP_INTERVAL, "closing connections of ended sessions", sweeper::closeEnded);
        runner.every(LEGACY_INTERVAL, "deleting tombstones of legacy sessions", terminator::deleteTombstones);
        if (acceptsLegacy) {
            warnOfLegacy();
            runner.every(LEGACY_INTERVAL, "warning of legacy tokens", SessionModule::warnOfLegacy);
        }
    }

    private static void warnOfLegacy() {
        log.warn("Tokens of an earlier system are accepted: take [login] legacySecret out once users have new ones");
    }
}
