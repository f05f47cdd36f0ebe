package io.simpleim.bench.load;

import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.measure.LatencyHistogram;
import io.simpleim.bench.measure.MeasuredProcesses;
import io.simpleim.bench.measure.Stopwatch;
import io.simpleim.bench.measure.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs senders and measures windows of time. Of several windows, the one with the median rate counts.
 *
 * @param pace duration of warm-up and windows
 */
public record Load(EventLoop loop, MeasuredProcesses measured, Pace pace) {
    private static final long WARM_UP_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LONGEST_WARM_UP = 4;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** @param warmUpNanos before the first window */
    public record Pace(long warmUpNanos, long windowNanos, int windows) {}

    /**
     * The result of a run.
     *
     * @param requests the window, counting requests
     * @param deliveries the same window, counting received messages; latency is that to the last receiver
     * @param retries requests that were sent again because the server was busy
     * @param failures requests that failed, by reason
     */
    public record Result(Window requests, Window deliveries, long retries, Map<String, Integer> failures) {}

    /** Counts deliveries during a window. */
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
            public LatencyHistogram latency() {
                return new LatencyHistogram();
            }
        };

        void beginWindow();

        long count();

        LatencyHistogram latency();
    }

    /** Runs the senders. Returns when all requests are answered, or after a time-out. */
    public Result run(List<Sender> senders, Deliveries deliveries) {
        SendProgress progress = new SendProgress();
        progress.start();
        senders.forEach(sender -> sender.start(progress));
        warmUp();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < pace.windows(); i++) {
            results.add(window(progress, deliveries));
        }
        progress.stop();
        if (!loop.runUntil(() -> progress.pending() == 0, DRAIN_NANOS)) {
            progress.failures().merge("not answered", progress.pending(), Integer::sum);
        }
        results.sort(Comparator.comparingDouble(result -> result.requests().perSecond()));
        return results.get(results.size() / 2);
    }

    /** Only counts deliveries of messages that the server sends by itself. */
    public Window listen(Deliveries deliveries) {
        warmUp();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < pace.windows(); i++) {
            windows.add(window(new SendProgress(), deliveries).deliveries());
        }
        windows.sort(Comparator.comparingDouble(Window::perSecond));
        return windows.get(windows.size() / 2);
    }

    /** Runs until the server has used as much CPU time: on a busy machine its code is compiled later. */
    private void warmUp() {
        long began = System.nanoTime();
        long cpuBefore = measured.counters().cpuNanos();
        do {
            loop.runFor(Math.min(WARM_UP_STEP_NANOS, pace.warmUpNanos()));
        } while (System.nanoTime() - began < LONGEST_WARM_UP * pace.warmUpNanos()
                && (System.nanoTime() - began < pace.warmUpNanos()
                        || measured.counters().cpuNanos() - cpuBefore < pace.warmUpNanos()));
    }

    private Result window(SendProgress progress, Deliveries deliveries) {
        progress.beginWindow();
        deliveries.beginWindow();
        long before = deliveries.count();
        Stopwatch stopwatch = new Stopwatch(measured);
        loop.runFor(pace.windowNanos());
        Window requests = stopwatch.stop(progress.operations(), progress.latency());
        Window received = stopwatch.stop(deliveries.count() - before, deliveries.latency());
        return new Result(requests, received, progress.retries(), progress.failures());
    }
}
