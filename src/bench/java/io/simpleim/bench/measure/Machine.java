package io.simpleim.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts about the machine. Values that only Linux provides are 0 elsewhere. */
public final class Machine {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int LAST = 8;

    private Machine() {}

    /** CPU time that all processes have used since the machine started. */
    static long busyCpuNanos() {
        String[] total = firstLine(STAT).split("\\s+", -1);
        long ticks = 0;
        for (int i = 1; i < total.length && i <= LAST; i++) {
            ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(total[i]);
        }
        return ticks * NANOS_PER_TICK;
    }

    /** Resident memory of a process in bytes. */
    public static long residentBytes(long pid) {
        String pages = firstLine(Path.of("/proc/" + pid + "/statm"));
        return pages.isEmpty() ? 0 : Long.parseLong(pages.split(" ", -1)[1]) * 4096;
    }

    private static String firstLine(Path file) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The properties that figures depend on. */
    public static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("max_heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        return facts;
    }
}
