package io.simpleim.bench.report;

import com.google.gson.GsonBuilder;
import io.simpleim.bench.measure.StoreCounters;
import io.simpleim.bench.measure.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the report as JSON, for programs. */
public final class JsonReport {
    private JsonReport() {}

    /**
     * Writes the report to a file.
     *
     * @param facts properties of the machine and the run
     */
    public static void write(Path file, Map<String, Object> facts, Report report) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("machine", facts);
        content.put("figures", report.figures().stream().map(JsonReport::figure).toList());
        Map<String, Object> windows = new LinkedHashMap<>();
        report.windows().forEach((name, window) -> windows.put(name, window(window)));
        content.put("windows", windows);
        content.put("ledger", report.balance());
        content.put("complaints", report.complaints());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(content) + "\n");
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", figure.name());
        members.put("measured", Double.isNaN(figure.value()) ? null : figure.value());
        members.put("unit", figure.unit());
        if (figure.target() != null) {
            members.put("target", figure.target());
            members.put("met", figure.isMet());
        }
        if (figure.limit() != null) {
            members.put("limit", figure.limit());
        }
        return members;
    }

    private static Map<String, Object> window(Window window) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("per_second", window.perSecond());
        members.put("operations", window.operations());
        members.put("seconds", window.seconds());
        members.put("p50_ms", window.latency().millis(0.5));
        members.put("p90_ms", window.latency().millis(0.9));
        members.put("p99_ms", window.latency().millis(0.99));
        members.put("max_ms", window.latency().maxMillis());
        members.put("server_cpu_us", window.serverCpuMicros());
        members.put("client_cpu_us", window.clientCpuMicros());
        members.put("server_bytes", window.serverBytes());
        members.put("other_cpu", window.otherCpu());
        if (!window.stores().equals(StoreCounters.NONE)) {
            members.put("store_cpu_us", window.storeCpuMicros());
            members.put("redis_cpu_us", window.redisCpuMicros());
            members.put("redis_calls", window.stores().redis().calls());
        }
        return members;
    }
}
