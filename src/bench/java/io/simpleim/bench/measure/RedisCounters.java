package io.simpleim.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Work that a Redis has done since its start.
 *
 * @param commands number of commands, including those inside scripts
 * @param cpuNanos CPU time of the process
 * @param calls commands by name; they add up to {@code commands}
 */
public record RedisCounters(long commands, long cpuNanos, Map<String, Long> calls) {
    static final RedisCounters NONE = new RedisCounters(0, 0, Map.of());

    private static final byte[] QUESTION = "INFO all\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CALLS = "cmdstat_";

    public RedisCounters {
        calls = Map.copyOf(calls);
    }

    /** Asks a Redis; the two commands of this query are counted too. */
    public static RedisCounters of(InetSocketAddress redis) {
        try (Socket socket = new Socket(redis.getAddress(), redis.getPort())) {
            socket.getOutputStream().write(QUESTION);
            return ofInfo(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param info output of {@code INFO all}; missing values count as 0 */
    static RedisCounters ofInfo(String info) {
        Map<String, String> fields = new HashMap<>();
        Map<String, Long> calls = new HashMap<>();
        for (String line : info.lines().toList()) {
            String[] words = line.split(":", 2);
            if (words.length == 2 && words[0].startsWith(CALLS)) {
                calls.put(words[0].substring(CALLS.length()), calls(words[1]));
            } else if (words.length == 2) {
                fields.put(words[0], words[1]);
            }
        }
        double seconds = number(fields, "used_cpu_user") + number(fields, "used_cpu_sys");
        return new RedisCounters(
                (long) number(fields, "total_commands_processed"),
                (long) (seconds * TimeUnit.SECONDS.toNanos(1)),
                calls);
    }

    private static double number(Map<String, String> fields, String name) {
        return Double.parseDouble(fields.getOrDefault(name, "0"));
    }

    /** @param statistics {@code calls=…,usec=…,…} */
    private static long calls(String statistics) {
        return Long.parseLong(statistics.substring(statistics.indexOf('=') + 1, statistics.indexOf(',')));
    }

    /** The difference to an earlier reading, without commands that were not called in between. */
    RedisCounters since(RedisCounters before) {
        Map<String, Long> called = new TreeMap<>();
        calls.forEach((name, count) -> {
            long more = count - before.calls.getOrDefault(name, 0L);
            if (more > 0) {
                called.put(name, more);
            }
        });
        return new RedisCounters(commands - before.commands, cpuNanos - before.cpuNanos, called);
    }
}
