package io.simpleim.bench.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a process has used since its start.
 *
 * @param cpuNanos of all its threads, those of the JVM included
 * @param allocatedBytes by the threads that are alive
 * @param gcMillis in which collectors were at work
 * @param heapBytes in use now
 */
public record Counters(long cpuNanos, long allocatedBytes, long gcMillis, long heapBytes) {
    /** Of this process. */
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

    /** Of two processes together. */
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
