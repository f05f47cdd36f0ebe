package io.simpleim.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is counted and measured, by name. Counters and timers are looked up in a map of their own and kept: counting
 * costs tens of nanoseconds. What is only shown is asked for when somebody looks. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = registry();
    private final Counters refusals = new Counters(
            registry,
            "simpleim.refusals",
            "Requests, frames and handshakes that were refused, by limit or error",
            "reason");
    private final Counters closes =
            new Counters(registry, "simpleim.closes", "WebSockets that the server closed, by close code", "code");
    private final Counters opened =
            new Counters(registry, "simpleim.connections.opened", "WebSockets that were opened", "endpoint");
    private final Timers requests = new Timers(
            registry,
            "simpleim.http.requests",
            "From a request's headers to its answer, handshakes included",
            Buckets.answers(),
            "path",
            "outcome");
    private final Timers frames = new Timers(
            registry, "simpleim.frames", "From a client's frame to its answer", Buckets.answers(), "op", "outcome");
    private final StoreMetrics mongo = new StoreMetrics(
            registry,
            "mongodb",
            new Timers(
                    registry,
                    "simpleim.mongo.calls",
                    "What calls to MongoDB took, a wait for a connection and for a server included",
                    Buckets.steps(),
                    "collection",
                    "operation",
                    "outcome"));
    private final StoreMetrics redis = new StoreMetrics(
            registry,
            "redis",
            new Timers(
                    registry,
                    "simpleim.redis.calls",
                    "What calls to Redis took; a wait for news takes up to 2 s by design",
                    Buckets.steps(),
                    "operation",
                    "outcome"));
    private final Traffic traffic = new Traffic(registry);
    private final Jvm jvm = new Jvm();
    /** Micrometer holds on to what it counts from only weakly. */
    private final Queue<LongSupplier> shown = new ConcurrentLinkedQueue<>();

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Of the JVM's: their names are not as Prometheus asks for, and the usages of both say the same.
        made.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        made.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        return made;
    }

    /**
     * Counts a request, frame or handshake that was refused.
     *
     * @param reason the name of the limit's setting if it was one, else the error of the answer
     */
    public void refused(String reason) {
        refusals.increment(reason);
    }

    /**
     * Counts a connection that the server closed.
     *
     * @param code of the close frame
     */
    public void closed(int code) {
        closes.increment(Integer.toString(code));
    }

    /**
     * Counts a connection that was opened.
     *
     * @param endpoint the path that is registered, never what a client has written
     */
    public void opened(String endpoint) {
        opened.increment(endpoint);
    }

    /**
     * Counts a request that was answered.
     *
     * @param path one that is registered, never what a client has written
     * @param outcome {@code ok}, {@code refused}, {@code unavailable} or {@code failed}
     */
    public void requested(String path, String outcome, long nanos) {
        requests.record(nanos, List.of(path, outcome));
    }

    /** As {@link #requested}, of a frame; {@code op} is one that there is. */
    public void asked(String op, String outcome, long nanos) {
        frames.record(nanos, List.of(op, outcome));
    }

    /** Calls to MongoDB, by collection, operation and outcome. */
    public StoreMetrics mongo() {
        return mongo;
    }

    /** Calls to Redis, by operation and outcome. */
    public StoreMetrics redis() {
        return redis;
    }

    public Traffic traffic() {
        return traffic;
    }

    /**
     * Shows a value that may rise and fall.
     *
     * @param name with dots between words, and with its unit
     * @param value asked for at each look; quick, and thread-safe
     * @param labels names and values in turn
     */
    public void gauge(String name, String description, LongSupplier value, String... labels) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(labels)
                .strongReference(true)
                .register(registry);
    }

    /** As {@link #gauge}, of a total that only grows. */
    public void counter(String name, String description, LongSupplier total, String... labels) {
        shown.add(total);
        FunctionCounter.builder(name, total, Metrics::ask)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /** As Micrometer does for gauges: what cannot be asked keeps nothing else from being shown. */
    private static double ask(LongSupplier total) {
        try {
            return total.getAsLong();
        } catch (RuntimeException e) {
            log.warn("A total could not be asked for", e);
            return Double.NaN;
        }
    }

    /** Shows what the JVM tells of itself, until this is closed. */
    public void showJvm() {
        jvm.show(registry);
    }

    /**
     * The format for whoever accepts that.
     *
     * @param accept the header, null if there is none
     * @return OpenMetrics' text if it is named, else Prometheus' text
     */
    public static String formatFor(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    /**
     * Everything.
     *
     * @param format as {@link #formatFor} says
     */
    public byte[] text(String format) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            registry.scrape(text, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
