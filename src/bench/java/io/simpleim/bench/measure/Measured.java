package io.simpleim.bench.measure;

import io.simpleim.bench.server.Counters;
import io.simpleim.bench.server.ServerProcess;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is measured together.
 *
 * @param servers at least one; what they use is added up
 * @param stores what works for them in other processes
 */
public record Measured(List<ServerProcess> servers, Supplier<StoreCounters> stores) {
    public Measured {
        servers = List.copyOf(servers);
    }

    /** One server, with whatever it needs in its own process. */
    public static Measured of(ServerProcess server) {
        return new Measured(List.of(server), () -> StoreCounters.NONE);
    }

    public ServerProcess first() {
        return servers.get(0);
    }

    /** Of all servers together. */
    public Counters counters() {
        return servers.stream()
                .map(ServerProcess::counters)
                .reduce(Counters::plus)
                .orElseThrow();
    }
}
