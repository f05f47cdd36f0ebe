package io.simpleim.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.IntSupplier;

/** All that is counted, by name. Thread-safe. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Counts a request, frame or handshake that was refused.
     *
     * @param reason the name of the limit's setting if it was one, else the error of the answer
     */
    public void refused(String reason) {
        Counter.builder("simpleim.refusals")
                .description("Requests, frames and handshakes that were refused, by limit or error")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /**
     * Counts a connection that the server closed.
     *
     * @param code of the close frame
     */
    public void closed(int code) {
        Counter.builder("simpleim.closes")
                .description("WebSockets that the server closed, by close code")
                .tag("code", Integer.toString(code))
                .register(registry)
                .increment();
    }

    /** Shows how many connections there are. */
    public void connections(IntSupplier count) {
        Gauge.builder("simpleim.connections", count, IntSupplier::getAsInt)
                .description("WebSockets that are open on this node")
                .strongReference(true)
                .register(registry);
    }

    /** Everything in Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
