package io.simpleim.standalone;

import io.simpleim.standalone.store.EmbeddedMongo;
import io.simpleim.standalone.store.EmbeddedRedis;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs only the two embedded stores, on loopback, so that several nodes on one machine can share them. */
@Command(
        name = "stores",
        description = "Runs only the embedded stores, for several servers on this machine.",
        mixinStandardHelpOptions = true)
final class StoresCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            defaultValue = "data",
            description = "The folder of the stores (default: ./${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--mongo-port",
            defaultValue = "27017",
            description = "The port of the MongoDB protocol, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int mongoPort;

    @Option(
            names = "--redis-port",
            defaultValue = "6379",
            description = "The port of Redis, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int redisPort;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = DataFolder.open(data);
        EmbeddedMongo mongo = EmbeddedMongo.openFile(folder.mongoFile(), mongoPort);
        EmbeddedRedis redis = startRedis(folder, mongo);
        redis.leaveToOwner();
        LoggerFactory.getLogger(StoresCommand.class)
                .info("Ready: mongo at {}, redis at {}", mongo.address(), redis.address());
        ShutdownWait.run(() -> {
            redis.close();
            mongo.close();
        });
        return 0;
    }

    private EmbeddedRedis startRedis(DataFolder folder, EmbeddedMongo mongo) throws Exception {
        try {
            return EmbeddedRedis.start(folder.redisFolder(), redisPort);
        } catch (Exception e) {
            mongo.close();
            throw e;
        }
    }
}
