package io.simpleim.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Messages on their way through the server: stored in batches, and handed to connections. Thread-safe. */
public final class Traffic {
    private final DistributionSummary batches;
    private final Timer commits;
    private final Timer deliveries;
    // Counted a million times a second at the most: an adder costs next to nothing.
    private final LongAdder messages = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Traffic(MeterRegistry registry) {
        batches = DistributionSummary.builder("simpleim.commit.batch")
                .description("Messages that were stored together")
                .baseUnit("messages")
                .serviceLevelObjectives(Buckets.BATCH)
                .register(registry);
        commits = Timer.builder("simpleim.commit")
                .description("What it took to store a batch of messages, until it was safe and its senders answered")
                .serviceLevelObjectives(Buckets.steps())
                .register(registry);
        deliveries = Timer.builder("simpleim.delivery")
                .description(
                        "From a message being stored, or heard of from another node, until it is with the sockets of"
                                + " all who are connected here; of messages pushed together the one that waited longest")
                .serviceLevelObjectives(Buckets.steps())
                .register(registry);
        frames(registry, "message", messages);
        frames(registry, "other", others);
        FunctionCounter.builder("simpleim.sent.bytes", bytes, LongAdder::sum)
                .description("Bytes of frames that sockets have taken")
                .register(registry);
    }

    private static void frames(MeterRegistry registry, String kind, LongAdder count) {
        FunctionCounter.builder("simpleim.sent.frames", count, LongAdder::sum)
                .description("Frames that sockets have taken: messages, and answers and events")
                .tag("kind", kind)
                .register(registry);
    }

    /** A batch of messages was stored, or has failed. */
    public void committed(int count, long nanos) {
        batches.record(count);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Messages are with the sockets of all who are to get them; the first of them has waited so long. */
    public void delivered(long nanos) {
        deliveries.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A socket has taken frames. */
    public void sent(int messageFrames, int otherFrames, long size) {
        messages.add(messageFrames);
        others.add(otherFrames);
        bytes.add(size);
    }
}
