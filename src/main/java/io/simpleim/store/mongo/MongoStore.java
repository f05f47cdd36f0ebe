package io.simpleim.store.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.simpleim.model.StoreObserver;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The connection to MongoDB. Every call has a deadline. Thread-safe. */
public final class MongoStore implements AutoCloseable {
    /** Acknowledged writes survive a crash of this process, of the store and of one of its nodes. */
    static final WriteConcern DURABLE = WriteConcern.MAJORITY.withJournal(true);

    private static final int OPERATION_SECONDS = 5;
    private static final int SELECTION_SECONDS = 3;
    private static final int POOL_WAIT_SECONDS = 2;
    private static final int POOL_SIZE = 100;
    private static final int PING_MILLIS = 2000;

    private final MongoClient client;
    private final MongoDatabase database;
    private final WriteOrder writeOrder = new WriteOrder();
    private final ConnectionPoolUsage poolUsage = new ConnectionPoolUsage();
    private final StoreObserver observer;

    /** Connects without an observer; otherwise like the other constructor. */
    public MongoStore(String address, String username, String password, String databaseName) {
        this(address, username, password, databaseName, StoreObserver.NONE);
    }

    /**
     * Connects in the background; an unreachable server is noticed at the first call.
     *
     * @param address {@code host:port,…} or a full connection string
     * @param username empty for none, or for the one in the connection string
     * @param observer receives every call, with the collection as its target
     */
    public MongoStore(String address, String username, String password, String databaseName, StoreObserver observer) {
        this.observer = observer;
        ConnectionString connection =
                new ConnectionString(address.startsWith("mongodb") ? address : "mongodb://" + address);
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName("simpleim")
                .applyConnectionString(connection)
                .writeConcern(DURABLE)
                // Not configurable: a secondary might still show an ended session as alive.
                .readPreference(ReadPreference.primary())
                .timeout(OPERATION_SECONDS, TimeUnit.SECONDS)
                .applyToClusterSettings(c -> c.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(p -> p.maxSize(POOL_SIZE)
                        .maxConnecting(8)
                        .maxWaitTime(POOL_WAIT_SECONDS, TimeUnit.SECONDS)
                        .addConnectionPoolListener(writeOrder.listener())
                        .addConnectionPoolListener(poolUsage));
        if (!username.isEmpty()) {
            String authDatabase = connection.getDatabase() == null ? "admin" : connection.getDatabase();
            settings.credential(MongoCredential.createCredential(username, authDatabase, password.toCharArray()));
        }
        client = MongoClients.create(settings.build());
        writeOrder.observe(client);
        database = client.getDatabase(databaseName);
    }

    /** The database, for the DAOs of this package. */
    MongoDatabase database() {
        return database;
    }

    /** Creates the runner for calls to a collection. */
    MongoCallRunner calls(String collection) {
        return new MongoCallRunner(collection, observer);
    }

    /** Connection counts, for metrics. */
    public ConnectionPoolUsage poolUse() {
        return poolUsage;
    }

    /** Tells whether a durable write covers earlier ones. */
    public WriteOrder writeOrder() {
        return writeOrder;
    }

    /** Checks that the server answers, within two seconds. */
    public void ping() {
        calls("admin")
                .run(
                        "ping",
                        () -> client.getDatabase("admin")
                                .withTimeout(PING_MILLIS, TimeUnit.MILLISECONDS)
                                .runCommand(new Document("ping", 1)));
    }

    @Override
    public void close() {
        client.close();
    }
}
