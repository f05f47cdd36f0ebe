package io.simpleim.bench.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Resource usage of a process since its start.
 *
 * @param cpuNanos CPU time of all threads, including the JVM's own
 * @param allocatedBytes bytes allocated by the threads that are alive
 * @param gcMillis time spent in garbage collection
 * @param heapBytes heap in use now
 */
public record Counters(long cpuNanos, long allocatedBytes, long gcMillis, long heapBytes) {
    /** Usage of this process. */
    public static Counters now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        long gcMillis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Counters(system.getProcessCpuTime(), allocated, gcMillis, heap);
    }

    /** Sum of two processes. */
    public Counters plus(Counters other) {
        return new Counters(
                cpuNanos + other.cpuNanos,
                allocatedBytes + other.allocatedBytes,
                gcMillis + other.gcMillis,
                heapBytes + other.heapBytes);
    }

    static Counters ofLine(String line) {
        long[] numbers =
                Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Counters(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    String toLine() {
        return cpuNanos + " " + allocatedBytes + " " + gcMillis + " " + heapBytes;
    }
}
