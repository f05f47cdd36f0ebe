package io.simpleim.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Metrics of the JVM, under the names that common Java dashboards expect. Thread-safe. */
final class JvmMetrics implements AutoCloseable {
    /**
     * Closes the metrics that register listeners with the JVM; a listener left behind would keep the stopped web
     * application in memory. One registers in its constructor, so they are created only in {@link #bind}.
     */
    private final Queue<Runnable> closers = new ConcurrentLinkedQueue<>();

    void bind(MeterRegistry registry) {
        JvmGcMetrics collections = new JvmGcMetrics();
        closers.add(collections::close);
        JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
        closers.add(pressure::close);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        pressure.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
        closers.clear();
    }
}
