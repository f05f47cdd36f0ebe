package io.simpleim.bench.scenario;

import io.simpleim.bench.client.Loop;
import io.simpleim.bench.ledger.Balance;
import io.simpleim.bench.ledger.Ledger;
import io.simpleim.bench.ledger.StoreAudit;
import io.simpleim.bench.load.Calls;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.measure.Measured;
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

/** A server of ours that is being measured, or several nodes of one, with the books of it. Not thread-safe. */
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

    private final Context context;
    private final String name;
    private final Measured measured;
    /** Whatever else runs for it. */
    private final List<ServerProcess> others;

    private final Loop loop = new Loop();
    private final Ledger ledger = new Ledger();

    private ImServer(Context context, String name, Measured measured, List<ServerProcess> others) {
        this.context = context;
        this.name = name;
        this.measured = measured;
        this.others = others;
    }

    /** Starts one whose limits are those of the machine. */
    static ImServer start(Context context, String name, String store) {
        ServerProcess process = ServerProcess.im(context.launch(), store, NO_LIMITS);
        return new ImServer(context, name, Measured.of(process), List.of());
    }

    /** Starts some nodes whose limits are those of the machine, over stores in memory in another process. */
    static ImServer ofNodes(Context context, String name, int count) {
        ServerProcess stores = ServerProcess.stores(context.launch());
        Map<String, String> settings = new HashMap<>(NO_LIMITS);
        settings.put("IM_MONGO_ADDRESS", stores.mongoAddress());
        settings.put("IM_REDIS_ADDRESS", "127.0.0.1:" + stores.redisAddress().getPort());
        List<ServerProcess> nodes = Stream.generate(() -> ServerProcess.node(context.launch(), settings))
                .limit(count)
                .toList();
        Measured measured = new Measured(
                nodes, () -> new StoreCounters(stores.counters().cpuNanos(), RedisCounters.of(stores.redisAddress())));
        return new ImServer(context, name, measured, List.of(stores));
    }

    Loop loop() {
        return loop;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The server, or its first node. */
    ServerProcess process() {
        return measured.first();
    }

    /** Of all nodes. */
    List<InetSocketAddress> addresses() {
        return measured.servers().stream().map(ServerProcess::address).toList();
    }

    Calls calls() {
        return new Calls(loop, process().address());
    }

    Load load(Load.Pace pace) {
        return new Load(loop, measured, pace);
    }

    MongoStore openStore() {
        return new MongoStore(process().mongoAddress(), "", "", DATABASE);
    }

    /** Waits until everything has arrived; false if it has not in time. */
    boolean settle() {
        return loop.runUntil(ledger::isSettled, SETTLE_NANOS);
    }

    /** Waits until everything has arrived, holds the books against the store, and ends the server. */
    @Override
    public void close() {
        try (MongoStore store = openStore()) {
            settle();
            Balance balance = new StoreAudit(new UserMessageDao(store), new MessageDao(store)).audit(ledger);
            context.report().add(balance);
        } finally {
            loop.close();
            measured.servers().forEach(this::end);
            others.forEach(this::end);
        }
    }

    private void end(ServerProcess process) {
        process.close();
        context.report().complaints(name, process.complaints());
    }
}
