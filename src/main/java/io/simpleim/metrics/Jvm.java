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

/** What the JVM tells of itself, under the names that dashboards for any Java program know. */
final class Jvm implements AutoCloseable {
    /**
     * They listen to the JVM, which would hold on to them, and so to a web application that was stopped or did not start:
     * made when all else is there, since one does so from its constructor on.
     */
    private final Queue<Runnable> listening = new ConcurrentLinkedQueue<>();

    void show(MeterRegistry registry) {
        JvmGcMetrics collections = new JvmGcMetrics();
        listening.add(collections::close);
        JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
        listening.add(pressure::close);
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
        listening.forEach(Runnable::run);
        listening.clear();
    }
}
