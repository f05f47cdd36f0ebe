package io.simpleim.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.simpleim.bench.server.Counters;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Measures a window that starts with the construction. Not thread-safe. */
public final class Stopwatch {
    private static final double NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MeasuredProcesses measured;
    private final Counters before;
    private final StoreCounters storesBefore;
    private final long clientCpu = clientCpuNanos();
    private final long machineCpu = Machine.busyCpuNanos();
    private final long began = System.nanoTime();

    public Stopwatch(MeasuredProcesses measured) {
        this.measured = measured;
        this.before = measured.counters();
        this.storesBefore = measured.stores().get();
    }

    /** The window from the construction until now. */
    public Window stop(long operations, LatencyHistogram latency) {
        double nanos = System.nanoTime() - began;
        Counters after = measured.counters();
        StoreCounters stores = measured.stores().get().since(storesBefore);
        double serverCpu = after.cpuNanos() - before.cpuNanos();
        double ownCpu = clientCpuNanos() - clientCpu;
        double machine = Machine.busyCpuNanos() - machineCpu;
        double each = Math.max(1, operations);
        return new Window(
                operations,
                nanos / NANOS_PER_SECOND,
                serverCpu / each / NANOS_PER_MICRO,
                ownCpu / each / NANOS_PER_MICRO,
                (after.allocatedBytes() - before.allocatedBytes()) / each,
                Math.max(0, (machine - serverCpu - stores.allCpuNanos() - ownCpu) / nanos),
                latency,
                stores);
    }

    private static long clientCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
