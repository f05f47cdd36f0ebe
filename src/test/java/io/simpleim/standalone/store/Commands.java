package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import io.simpleim.standalone.store.file.StoreFile;
import io.simpleim.standalone.store.index.QueryPlan;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs commands on a backend without a server, in the form in which they arrive over the wire. */
public final class Commands implements AutoCloseable {
    private final StoredBackend backend;
    /** The library keeps the last result of each connection, so each thread has one of its own. */
    private final ThreadLocal<EmbeddedChannel> channel = ThreadLocal.withInitial(EmbeddedChannel::new);

    public Commands(StoreFile file) {
        this.backend = new StoredBackend(file, Clock.systemUTC());
    }

    public Document run(Document command) {
        return runOn("test", command);
    }

    public Document runOn(String database, Document command) {
        String name = command.keySet().iterator().next();
        return backend.handleCommand(channel.get(), database, name, command);
    }

    public Document insert(String collection, Document document) {
        return run(new Document("insert", collection).append("documents", List.of(document)));
    }

    public Document update(String collection, Document query, Document change, boolean multi, boolean upsert) {
        Document update = new Document("q", query).append("u", change).append("multi", multi);
        return run(new Document("update", collection).append("updates", List.of(update.append("upsert", upsert))));
    }

    public Document delete(String collection, Document query) {
        Document delete = new Document("q", query).append("limit", 0);
        return run(new Document("delete", collection).append("deletes", List.of(delete)));
    }

    public void createIndex(String collection, String name, Document key, boolean unique) {
        Document index = new Document("name", name).append("key", key).append("unique", unique);
        run(new Document("createIndexes", collection).append("indexes", List.of(index)));
    }

    @SuppressWarnings("unchecked")
    public List<Document> find(Document command) {
        return (List<Document>) ((Document) run(command).get("cursor")).get("firstBatch");
    }

    public List<Document> find(String collection, Document filter) {
        return find(new Document("find", collection).append("filter", filter));
    }

    /** The plan for a query on a collection; null means a scan. */
    public @Nullable QueryPlan plan(String collection, Document query, Document sort, int limit) {
        MongoCollection<?> found = backend.resolveDatabase("test").resolveCollection(collection, true);
        return ((StoredCollection) found).plan(query, sort, limit);
    }

    @Override
    public void close() {
        channel.get().close();
        backend.close();
    }
}
