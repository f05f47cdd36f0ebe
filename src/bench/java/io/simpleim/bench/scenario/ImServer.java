package io.simpleim.bench.scenario;

import io.simpleim.bench.client.Loop;
import io.simpleim.bench.ledger.Balance;
import io.simpleim.bench.ledger.Ledger;
import io.simpleim.bench.ledger.StoreAudit;
import io.simpleim.bench.load.Calls;
import io.simpleim.bench.load.Load;
import io.simpleim.bench.server.ServerProcess;
import io.simpleim.store.mongo.MessageDao;
import io.simpleim.store.mongo.MongoStore;
import io.simpleim.store.mongo.UserMessageDao;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of ours that is being measured, with the books of it. Not thread-safe. */
final class ImServer implements AutoCloseable {
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final String DATABASE = "simpleim";

    private final Context context;
    private final String name;
    private final ServerProcess process;
    private final Loop loop = new Loop();
    private final Ledger ledger = new Ledger();

    private ImServer(Context context, String name, ServerProcess process) {
        this.context = context;
        this.name = name;
        this.process = process;
    }

    /** Starts one whose limits are those of the machine. */
    static ImServer start(Context context, String name, String store) {
        Map<String, String> settings = new HashMap<>();
        settings.put("IM_LIMITS_MESSAGESPERSECOND", "1000000");
        settings.put("IM_LIMITS_MESSAGEBURST", "1000000");
        return new ImServer(context, name, ServerProcess.im(context.launch(), store, settings));
    }

    Loop loop() {
        return loop;
    }

    Ledger ledger() {
        return ledger;
    }

    ServerProcess process() {
        return process;
    }

    Calls calls() {
        return new Calls(loop, process.address());
    }

    Load load(Load.Pace pace) {
        return new Load(loop, process, pace);
    }

    MongoStore openStore() {
        return new MongoStore(process.mongoAddress(), "", "", DATABASE);
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
            process.close();
            context.report().complaints(name, process.complaints());
        }
    }
}
