package io.simpleim.bootstrap;

import io.simpleim.admission.Availability;
import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.admission.HealthService;
import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.config.Limits;

/** Admission: availability, rates, number of connections and health. */
final class AdmissionModule {
    final Availability availability = new Availability();
    final RateLimiter messageRate;
    final RateLimiter frameRate;
    final RateLimiter loginRate;
    final RateLimiter handshakeRate;
    final ConnectionLimiter connections;
    final HealthService health;

    AdmissionModule(Limits limits, Stores stores) {
        messageRate = new RateLimiter(limits.messagesPerSecond(), limits.messageBurst(), Limit.MESSAGES_PER_SECOND);
        frameRate = new RateLimiter(limits.framesPerSecond(), limits.frameBurst(), Limit.FRAMES_PER_SECOND);
        loginRate = new RateLimiter(limits.loginsPerSecond(), limits.loginBurst(), Limit.LOGINS_PER_SECOND);
        handshakeRate =
                new RateLimiter(limits.handshakesPerSecond(), limits.handshakeBurst(), Limit.HANDSHAKES_PER_SECOND);
        connections = new ConnectionLimiter(
                ConnectorSize.leaveRoom(limits.connections()),
                limits.connectionsPerUser(),
                limits.connectionsPerAddress());
        health = new HealthService(availability, stores.mongo, stores.redis);
    }
}
