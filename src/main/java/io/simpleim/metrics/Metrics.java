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
 * All metrics of the server. Counters and timers are cached, so counting costs tens of nanoseconds; gauges are read only
 * when Prometheus scrapes. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = registry();
    private final LabeledCounters refusals = new LabeledCounters(
            registry, "simpleim.refusals", "Refused requests, frames and handshakes, by limit or error", "reason");
    private final LabeledCounters closes =
            new LabeledCounters(registry, "simpleim.closes", "WebSockets closed by the server, by close code", "code");
    private final LabeledCounters opened =
            new LabeledCounters(registry, "simpleim.connections.opened", "WebSockets opened", "endpoint");
    private final LabeledTimers requests = new LabeledTimers(
            registry,
            "simpleim.http.requests",
            "Time from the headers of a request to its answer, including handshakes",
            HistogramBuckets.answers(),
            "path",
            "outcome");
    private final LabeledTimers frames = new LabeledTimers(
            registry,
            "simpleim.frames",
            "Time from a client's frame to its answer",
            HistogramBuckets.answers(),
            "op",
            "outcome");
    private final StoreMetrics mongo = new StoreMetrics(
            registry,
            "mongodb",
            new LabeledTimers(
                    registry,
                    "simpleim.mongo.calls",
                    "Duration of calls to MongoDB, including the wait for a connection and a server",
                    HistogramBuckets.steps(),
                    "collection",
                    "operation",
                    "outcome"));
    private final StoreMetrics redis = new StoreMetrics(
            registry,
            "redis",
            new LabeledTimers(
                    registry,
                    "simpleim.redis.calls",
                    "Duration of calls to Redis; waiting for cluster messages takes up to 2 s by design",
                    HistogramBuckets.steps(),
                    "operation",
                    "outcome"));
    private final TrafficMetrics traffic = new TrafficMetrics(registry);
    private final JvmMetrics jvm = new JvmMetrics();
    /** Keeps the sources of function counters alive, since Micrometer references them only weakly. */
    private final Queue<LongSupplier> totals = new ConcurrentLinkedQueue<>();

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Their names break Prometheus' conventions, and the usage metrics carry the same information.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        return registry;
    }

    /**
     * Counts a refused request, frame or handshake.
     *
     * @param reason the setting of the limit that was exceeded, or else the error code of the answer
     */
    public void refused(String reason) {
        refusals.increment(reason);
    }

    /**
     * Counts a connection closed by the server.
     *
     * @param code close code
     */
    public void closed(int code) {
        closes.increment(Integer.toString(code));
    }

    /**
     * Counts an opened connection.
     *
     * @param endpoint a registered path, never text from a client
     */
    public void opened(String endpoint) {
        opened.increment(endpoint);
    }

    /**
     * Counts an answered request.
     *
     * @param path a registered path, never text from a client
     * @param outcome {@code ok}, {@code refused}, {@code unavailable} or {@code failed}
     * @param nanos time from the headers of the request to its answer
     */
    public void requested(String path, String outcome, long nanos) {
        requests.record(nanos, List.of(path, outcome));
    }

    /** Like {@link #requested}, for a frame; {@code op} is a known operation. */
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

    public TrafficMetrics traffic() {
        return traffic;
    }

    /**
     * Registers a value that may rise and fall.
     *
     * @param name words separated by dots, ending with the unit
     * @param value read at each scrape; fast and thread-safe
     * @param labels alternating names and values
     */
    public void gauge(String name, String description, LongSupplier value, String... labels) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(labels)
                .strongReference(true)
                .register(registry);
    }

    /** Like {@link #gauge}, for a total that only grows. */
    public void counter(String name, String description, LongSupplier total, String... labels) {
        totals.add(total);
        FunctionCounter.builder(name, total, Metrics::read)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /** A failing total must not break the whole scrape; Micrometer does the same for gauges. */
    private static double read(LongSupplier total) {
        try {
            return total.getAsLong();
        } catch (RuntimeException e) {
            log.warn("A metric could not be read", e);
            return Double.NaN;
        }
    }

    /** Exports the metrics of the JVM until this is closed. */
    public void showJvm() {
        jvm.bind(registry);
    }

    /**
     * Chooses the export format.
     *
     * @param accept the Accept header; null if the request has none
     * @return OpenMetrics if the header names it, else the Prometheus text format
     */
    public static String formatFor(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    /**
     * Returns all metrics as text in UTF-8.
     *
     * @param format a result of {@link #formatFor}
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
