package io.simpleim.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs tasks at the same moment in several threads. */
public final class Race {
    private static final int SECONDS = 60;

    private Race() {}

    /** Runs each task in its own thread. Returns their results in order, or fails with the error of one of them. */
    public static <T> List<T> run(List<Callable<T>> tasks) {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size(), task -> new Thread(task, "racer"));
        try {
            List<Future<T>> results = new ArrayList<>();
            for (Callable<T> task : tasks) {
                results.add(threads.submit(() -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return task.call();
                }));
            }
            List<T> returned = new ArrayList<>();
            for (Future<T> result : results) {
                returned.add(result.get(SECONDS, TimeUnit.SECONDS));
            }
            return returned;
        } catch (ExecutionException e) {
            throw new AssertionError("a racer failed: " + e.getCause(), e.getCause());
        } catch (Exception e) {
            throw new AssertionError("the race did not end", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs a task in this number of threads and passes each its index, from 0. */
    public static <T> List<T> call(int threads, IntFunction<T> task) {
        return run(IntStream.range(0, threads)
                .<Callable<T>>mapToObj(i -> () -> task.apply(i))
                .toList());
    }

    /** As {@link #call}, for a task that returns nothing. */
    public static void each(int threads, IntConsumer task) {
        call(threads, i -> {
            task.accept(i);
            return true;
        });
    }
}
