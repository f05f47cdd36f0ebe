package io.simpleim.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisCountersTest {
    private static final String INFO = """
            # Stats
            total_connections_received:2
            total_commands_processed:%d

            # CPU
            used_cpu_sys:1.250000
            used_cpu_user:0.500000

            # Commandstats
            cmdstat_xadd:calls=%d,usec=30,usec_per_call=3.00,rejected_calls=0,failed_calls=0
            cmdstat_client|setinfo:calls=4,usec=30,usec_per_call=3.00,rejected_calls=0,failed_calls=0
            """;

    @Test
    void readsTheInfoOutput() {
        RedisCounters counters = RedisCounters.ofInfo(info(14, 10));

        assertThat(counters).isEqualTo(new RedisCounters(14, 1_750_000_000, Map.of("xadd", 10L, "client|setinfo", 4L)));
    }

    @Test
    void omitsCommandsThatWereNotCalled() {
        RedisCounters before = RedisCounters.ofInfo(info(14, 10));
        RedisCounters after = RedisCounters.ofInfo(info(17, 13));

        assertThat(after.since(before)).isEqualTo(new RedisCounters(3, 0, Map.of("xadd", 3L)));
    }

    @Test
    void countsMissingValuesAsZero() {
        assertThat(RedisCounters.ofInfo("# Server\r\n")).isEqualTo(RedisCounters.NONE);
    }

    /** With the line ends that Redis uses. */
    private static String info(long commands, long added) {
        return INFO.formatted(commands, added).replace("\n", "\r\n");
    }
}
