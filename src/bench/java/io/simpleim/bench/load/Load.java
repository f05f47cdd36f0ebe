package io.simpleim.bench.load;

import io.simpleim.bench.client.Histogram;
import io.simpleim.bench.client.Loop;
import io.simpleim.bench.measure.Measured;
import io.simpleim.bench.measure.Stopwatch;
import io.simpleim.bench.measure.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Has senders send, and looks at a window of it: of several the one in the middle.
 *
 * @param pace how long
 */
public record Load(Loop loop, Measured measured, Pace pace) {
    private static final long WARM_UP_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LONGEST_WARM_UP = 4;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** @param warmUpNanos before the first window */
    public record Pace(long warmUpNanos, long windowNanos, int windows) {}

    /**
     * What came of it.
     *
     * @param requests the window of what was sent
     * @param deliveries the same window by what was received, and how long messages took to the last receiver
     * @param retries of what the server could not take at once
     * @param failures of what it did not take at all
     */
    public record Result(Window requests, Window deliveries, long retries, Map<String, Integer> failures) {}

    /** Something that is counted over a window besides the requests. */
    public interface Deliveries {
        Deliveries NONE = new Deliveries() {
            @Override
            public void beginWindow() {
                // Nothing is counted.
            }

            @Override
            public long count() {
                return 0;
            }

            @Override
            public Histogram latency() {
                return new Histogram();
            }
        };

        void beginWindow();

        long count();

        Histogram latency();
    }

    /** Returns when all that was sent is answered, or has had time enough. */
    public Result run(List<Sender> senders, Deliveries deliveries) {
        Gauge gauge = new Gauge();
        gauge.open();
        senders.forEach(sender -> sender.start(gauge));
        warmUp();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < pace.windows(); i++) {
            results.add(window(gauge, deliveries));
        }
        gauge.shut();
        if (!loop.runUntil(() -> gauge.underWay() == 0, DRAIN_NANOS)) {
            gauge.failures().merge("not answered", gauge.underWay(), Integer::sum);
        }
        results.sort(Comparator.comparingDouble(result -> result.requests().perSecond()));
        return results.get(results.size() / 2);
    }

    /** Only listens: the server sends by itself. */
    public Window listen(Deliveries deliveries) {
        warmUp();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < pace.windows(); i++) {
            windows.add(window(new Gauge(), deliveries).deliveries());
        }
        windows.sort(Comparator.comparingDouble(Window::perSecond));
        return windows.get(windows.size() / 2);
    }

    /** The server has to get that much of a core: where others have the machine, its code is compiled later. */
    private void warmUp() {
        long began = System.nanoTime();
        long cpuBefore = measured.counters().cpuNanos();
        do {
            loop.runFor(Math.min(WARM_UP_STEP_NANOS, pace.warmUpNanos()));
        } while (System.nanoTime() - began < LONGEST_WARM_UP * pace.warmUpNanos()
                && (System.nanoTime() - began < pace.warmUpNanos()
                        || measured.counters().cpuNanos() - cpuBefore < pace.warmUpNanos()));
    }

    private Result window(Gauge gauge, Deliveries deliveries) {
        gauge.beginWindow();
        deliveries.beginWindow();
        long before = deliveries.count();
        Stopwatch stopwatch = new Stopwatch(measured);
        loop.runFor(pace.windowNanos());
        Window requests = stopwatch.stop(gauge.operations(), gauge.latency());
        Window received = stopwatch.stop(deliveries.count() - before, deliveries.latency());
        return new Result(requests, received, gauge.retries(), gauge.failures());
    }
}
