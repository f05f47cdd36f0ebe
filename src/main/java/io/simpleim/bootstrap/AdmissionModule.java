package io.simpleim.bootstrap;

import io.simpleim.admission.Availability;
import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.admission.ConnectorSize;
import io.simpleim.admission.HealthService;
import io.simpleim.admission.RateLimiter;
import io.simpleim.api.Limit;
import io.simpleim.config.LimitsSection;
import io.simpleim.config.ServerConfig;

/** Admission: availability, rate limits, connection limits and health. */
final class AdmissionModule {
    final Availability availability = new Availability();
    final RateLimiter messageRate;
    final RateLimiter frameRate;
    final RateLimiter loginRate;
    final RateLimiter handshakeRate;
    final ConnectionLimiter connections;
    final HealthService health;

    AdmissionModule(ServerConfig config, Stores stores) {
        messageRate = new RateLimiter(
                config.get(LimitsSection.MESSAGES_PER_SECOND),
                config.get(LimitsSection.MESSAGE_BURST),
                Limit.MESSAGES_PER_SECOND);
        frameRate = new RateLimiter(
                config.get(LimitsSection.FRAMES_PER_SECOND),
                config.get(LimitsSection.FRAME_BURST),
                Limit.FRAMES_PER_SECOND);
        loginRate = new RateLimiter(
                config.get(LimitsSection.LOGINS_PER_SECOND),
                config.get(LimitsSection.LOGIN_BURST),
                Limit.LOGINS_PER_SECOND);
        handshakeRate = new RateLimiter(
                config.get(LimitsSection.HANDSHAKES_PER_SECOND),
                config.get(LimitsSection.HANDSHAKE_BURST),
                Limit.HANDSHAKES_PER_SECOND);
        connections = new ConnectionLimiter(
                ConnectorSize.webSocketLimit(config.get(LimitsSection.CONNECTIONS)),
                config.get(LimitsSection.CONNECTIONS_PER_USER),
                config.get(LimitsSection.CONNECTIONS_PER_ADDRESS));
        health = new HealthService(availability, stores.mongo, stores.redis);
    }
}
