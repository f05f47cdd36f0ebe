package io.simpleim.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Metrics of messages that are stored in batches and delivered to connections. Thread-safe. */
public final class TrafficMetrics {
    private final DistributionSummary batches;
    private final Timer commits;
    private final Timer deliveries;
    // Updated up to a million times per second; an adder costs next to nothing.
    private final LongAdder messages = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    TrafficMetrics(MeterRegistry registry) {
        batches = DistributionSummary.builder("simpleim.commit.batch")
                .description("Messages stored together in one batch")
                .baseUnit("messages")
                .serviceLevelObjectives(HistogramBuckets.BATCH)
                .register(registry);
        commits = Timer.builder("simpleim.commit")
                .description("Time to store a batch of messages durably and answer its senders")
                .serviceLevelObjectives(HistogramBuckets.steps())
                .register(registry);
        deliveries = Timer.builder("simpleim.delivery")
                .description(
                        "Time from a message being stored, or announced by another node, until the sockets of all its"
                                + " local recipients have taken it; the longest of messages that are pushed together")
                .serviceLevelObjectives(HistogramBuckets.steps())
                .register(registry);
        frames(registry, "message", messages);
        frames(registry, "other", others);
        FunctionCounter.builder("simpleim.sent.bytes", bytes, LongAdder::sum)
                .description("Bytes of frames taken by sockets")
                .register(registry);
    }

    private static void frames(MeterRegistry registry, String kind, LongAdder count) {
        FunctionCounter.builder("simpleim.sent.frames", count, LongAdder::sum)
                .description("Frames taken by sockets: messages, or answers and events")
                .tag("kind", kind)
                .register(registry);
    }

    /**
     * Records a batch of messages that was stored or has failed.
     *
     * @param count messages in the batch
     * @param nanos time from taking the batch until it was answered
     */
    public void committed(int count, long nanos) {
        batches.record(count);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Records messages that the sockets of all local recipients have taken; {@code nanos} is the longest wait among them. */
    public void delivered(long nanos) {
        deliveries.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts frames that a socket has taken. */
    public void sent(int messageFrames, int otherFrames, long size) {
        messages.add(messageFrames);
        others.add(otherFrames);
        bytes.add(size);
    }
}
