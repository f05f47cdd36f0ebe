package io.simpleim.bench.measure;

import io.simpleim.bench.server.Counters;
import io.simpleim.bench.server.ServerProcess;
import java.util.List;
import java.util.function.Supplier;

/**
 * The processes that are measured together.
 *
 * @param servers at least one; their usage is summed
 * @param stores reads the usage of stores in other processes
 */
public record MeasuredProcesses(List<ServerProcess> servers, Supplier<StoreCounters> stores) {
    public MeasuredProcesses {
        servers = List.copyOf(servers);
    }

    /** One server with its stores in the same process. */
    public static MeasuredProcesses of(ServerProcess server) {
        return new MeasuredProcesses(List.of(server), () -> StoreCounters.NONE);
    }

    public ServerProcess first() {
        return servers.get(0);
    }

    /** Usage of all servers together. */
    public Counters counters() {
        return servers.stream()
                .map(ServerProcess::counters)
                .reduce(Counters::plus)
                .orElseThrow();
    }
}
