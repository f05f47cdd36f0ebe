package io.simpleim.testing;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets several threads do something at the same moment. */
public final class Concurrently {
    private static final int SECONDS = 60;

    private Concurrently() {}

    /** The results of one task for each number from 0 on, in that order. */
    public static <T> List<T> run(int tasks, IntFunction<T> task) {
        return run(IntStream.range(0, tasks)
                .<Supplier<T>>mapToObj(i -> () -> task.apply(i))
                .toList());
    }

    /** The results of all tasks, in their order; what one of them throws is thrown here. */
    public static <T> List<T> run(List<Supplier<T>> tasks) {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<CompletableFuture<T>> running = tasks.stream()
                .map(task -> CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return task.get();
                        },
                        command -> new Thread(command, "concurrently").start()))
                .toList();
        return running.stream()
                .map(result -> result.orTimeout(SECONDS, TimeUnit.SECONDS).join())
                .toList();
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
