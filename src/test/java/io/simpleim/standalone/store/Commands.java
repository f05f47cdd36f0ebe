package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.List;

/** A backend without a server: commands as they come over the wire. */
final class Commands implements AutoCloseable {
    private final StoredBackend backend;
    /** The library keeps a connection's last result; each thread is a connection. */
    private final ThreadLocal<EmbeddedChannel> channel = ThreadLocal.withInitial(EmbeddedChannel::new);

    Commands(StoreFile file) {
        this.backend = new StoredBackend(file, Clock.systemUTC());
    }

    Document run(Document command) {
        return runOn("test", command);
    }

    Document runOn(String database, Document command) {
        String name = command.keySet().iterator().next();
        return backend.handleCommand(channel.get(), database, name, command);
    }

    Document insert(String collection, Document document) {
        return run(new Document("insert", collection).append("documents", List.of(document)));
    }

    Document update(String collection, Document query, Document change, boolean multi, boolean upsert) {
        Document update = new Document("q", query).append("u", change).append("multi", multi);
        return run(new Document("update", collection).append("updates", List.of(update.append("upsert", upsert))));
    }

    Document delete(String collection, Document query) {
        Document delete = new Document("q", query).append("limit", 0);
        return run(new Document("delete", collection).append("deletes", List.of(delete)));
    }

    void createIndex(String collection, String name, Document key, boolean unique) {
        Document index = new Document("name", name).append("key", key).append("unique", unique);
        run(new Document("createIndexes", collection).append("indexes", List.of(index)));
    }

    @SuppressWarnings("unchecked")
    List<Document> find(Document command) {
        return (List<Document>) ((Document) run(command).get("cursor")).get("firstBatch");
    }

    List<Document> find(String collection, Document filter) {
        return find(new Document("find", collection).append("filter", filter));
    }

    StoredCollection collection(String name) {
        return (StoredCollection) backend.resolveDatabase("test").resolveCollection(name, true);
    }

    @Override
    public void close() {
        channel.get().close();
        backend.close();
    }
}
