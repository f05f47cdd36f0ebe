package io.simpleim.bench.scenario;

import io.simpleim.bench.client.EventLoop;
import io.simpleim.bench.ledger.Balance;
import io.simpleim.bench.ledger.Ledger;
import io.simpleim.bench.ledger.StoreAudit;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.load.SetupClient;
import io.simpleim.bench.measure.MeasuredProcesses;
import io.simpleim.bench.measure.RedisCounters;
import io.simpleim.bench.measure.StoreCounters;
import io.simpleim.bench.server.ServerProcess;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.UserMessageDao;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The SimpleIM server under measurement, or several nodes, with its ledger. Not thread-safe. */
final class ImServer implements AutoCloseable {
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final Map<String, String> NO_LIMITS = Map.of(
            "IM_LIMITS_MESSAGESPERSECOND",
            "1000000",
            "IM_LIMITS_MESSAGEBURST",
            "1000000",
            "IM_LIMITS_CONNECTIONSPERUSER",
            "100000");
    private static final String DATABASE = "simpleim";

    private final ScenarioContext context;
    private final String name;
    private final MeasuredProcesses measured;
    /** Store processes. */
    private final List<ServerProcess> others;

    private final EventLoop loop = new EventLoop();
    private final Ledger ledger = new Ledger();

    private ImServer(ScenarioContext context, String name, MeasuredProcesses measured, List<ServerProcess> others) {
        this.context = context;
        this.name = name;
        this.measured = measured;
        this.others = others;
    }

    /** Starts a server without rate limits. */
    static ImServer start(ScenarioContext context, String name, String store) {
        ServerProcess process = ServerProcess.im(context.launch(), store, NO_LIMITS);
        return new ImServer(context, name, MeasuredProcesses.of(process), List.of());
    }

    /** Starts nodes without rate limits, over in-memory stores in another process. */
    static ImServer ofNodes(ScenarioContext context, String name, int count) {
        ServerProcess stores = ServerProcess.stores(context.launch());
        Map<String, String> settings = new HashMap<>(NO_LIMITS);
        settings.put("IM_MONGO_ADDRESS", stores.mongoAddress());
        settings.put("IM_REDIS_ADDRESS", "127.0.0.1:" + stores.redisAddress().getPort());
        List<ServerProcess> nodes = Stream.generate(() -> ServerProcess.node(context.launch(), settings))
                .limit(count)
                .toList();
        MeasuredProcesses measured = new MeasuredProcesses(
                nodes, () -> new StoreCounters(stores.counters().cpuNanos(), RedisCounters.of(stores.redisAddress())));
        return new ImServer(context, name, measured, List.of(stores));
    }

    EventLoop loop() {
        return loop;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The server, or its first node. */
    ServerProcess process() {
        return measured.first();
    }

    /** Addresses of all nodes. */
    List<InetSocketAddress> addresses() {
        return measured.servers().stream().map(ServerProcess::address).toList();
    }

    SetupClient setup() {
        return new SetupClient(loop, process().address());
    }

    Load load(Load.Pace pace) {
        return new Load(loop, measured, pace);
    }

    MongoStore openStore() {
        return new MongoStore(process().mongoAddress(), "", "", DATABASE);
    }

    /** Waits until all messages have arrived; false if they have not in time. */
    boolean settle() {
        return loop.runUntil(ledger::isSettled, SETTLE_NANOS);
    }

    /** Waits until all messages have arrived, compares the ledger with the store, and stops the server. */
    @Override
    public void close() {
        try (MongoStore store = openStore()) {
            settle();
            Balance balance = new StoreAudit(new UserMessageDao(store), new MessageDao(store)).audit(ledger);
            context.report().add(balance);
        } finally {
            loop.close();
            measured.servers().forEach(this::stop);
            others.forEach(this::stop);
        }
    }

    private void stop(ServerProcess process) {
        process.close();
        context.report().complaints(name, process.complaints());
    }
}
