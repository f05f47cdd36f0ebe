package io.simpleim.bootstrap;

import io.simpleim.audit.AuditLog;
import io.simpleim.auth.Tokens;
import io.simpleim.cluster.ClusterPublisher;
import io.simpleim.cluster.message.SessionEnded;
import io.simpleim.concurrent.PeriodicRunner;
import io.simpleim.config.ServerConfig;
import io.simpleim.push.Hub;
import io.simpleim.session.LoginService;
import io.simpleim.session.LoginStatus;
import io.simpleim.session.SessionService;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions, tokens and login statuses. */
final class SessionModule {
    private static final Logger log = LoggerFactory.getLogger(SessionModule.class);
    private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(1);

    /** Maximum time that a connection outlives its session when the cluster message about the end was lost. */
    private static final Duration LOOK_UP_INTERVAL = Duration.ofSeconds(10);

    private static final Duration LEGACY_INTERVAL = Duration.ofHours(1);

    final Tokens tokens;
    final LoginService logins;
    final SessionService sessions;
    final LoginStatus status;
    private final boolean acceptsLegacy;

    SessionModule(
            ServerConfig.Login config, Stores stores, Hub hub, ClusterPublisher cluster, AuditLog audit, Clock clock) {
        acceptsLegacy = config.legacySecret().isPresent();
        tokens = new Tokens(config);
        logins = new LoginService(
                tokens,
                stores.sessions,
                stores.users,
                sessionId -> cluster.outbox().publish(new SessionEnded(sessionId)),
                hub,
                config.loginExpire().toSeconds(),
                audit,
                clock);
        sessions = new SessionService(logins, stores.sessions, stores.users, clock);
        status = new LoginStatus(stores.users, stores.userLocations, cluster.membership(), clock);
    }

    void schedule(PeriodicRunner runner) {
        status.schedule(runner);
        runner.every(EXPIRY_INTERVAL, "closing expired connections", logins::dropExpired);
        runner.every(EXPIRY_INTERVAL, "ending expired sessions", logins::endExpired);
        runner.every(LOOK_UP_INTERVAL, "closing connections of ended sessions", logins::dropEnded);
        runner.every(LEGACY_INTERVAL, "deleting tombstones of legacy sessions", logins::forgetLegacyEnds);
        if (acceptsLegacy) {
            warnOfLegacy();
            runner.every(LEGACY_INTERVAL, "warning of legacy tokens", SessionModule::warnOfLegacy);
        }
    }

    private static void warnOfLegacy() {
        log.warn("Tokens of an earlier system are accepted: take [login] legacySecret out once users have new ones");
    }
}
