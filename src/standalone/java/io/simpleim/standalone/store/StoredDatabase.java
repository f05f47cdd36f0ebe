package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.simpleim.standalone.store.file.StoreFile;
import io.simpleim.standalone.store.file.StoredMap;
import io.simpleim.standalone.store.index.OrderedIndex;
import io.simpleim.standalone.store.index.PrimaryIndex;
import io.simpleim.standalone.store.index.UniqueIndex;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.ValueKind;
import java.util.List;

/**
 * A database, stored in the maps {@code data.<database>.<collection>} and {@code
 * index.<database>.<collection>$<index>}. The names are unambiguous because a database's name has no dot and a
 * collection's no dollar. The library makes it thread-safe.
 */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Key> {
    static final String DATA = "data.";

    private static final String INDEX = "index.";

    private final StoreFile file;

    StoredDatabase(String name, StoreFile file, CursorRegistry cursors) {
        super(name, cursors);
        this.file = file;
        initializeNamespacesAndIndexes();
    }

    @Override
    protected MongoCollection<Key> openOrCreateCollection(String name, CollectionOptions options) {
        return new StoredCollection(this, name, options, documents(name), cursorRegistry);
    }

    private StoredMap<byte[]> documents(String collection) {
        return file.map(DATA + getFullCollectionNamespace(collection), ValueKind.BYTES);
    }

    @Override
    protected Index<Key> openOrCreateUniqueIndex(String collection, String index, List<IndexKey> keys, boolean sparse) {
        if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
            return new PrimaryIndex(documents(collection), index, keys);
        }
        return new UniqueIndex(file.map(indexName(collection, index), ValueKind.KEY), index, keys, sparse);
    }

    @Override
    protected Index<Key> openOrCreateSecondaryIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        return new OrderedIndex(file.map(indexName(collection, index), ValueKind.LONG), index, keys);
    }

    private String indexName(String collection, String index) {
        return INDEX + getFullCollectionNamespace(collection) + "$" + index;
    }

    @Override
    protected void dropIndex(MongoCollection<Key> collection, String index) {
        super.dropIndex(collection, index);
        file.removeMap(indexName(collection.getCollectionName(), index));
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        file.removeMap(DATA + getFullCollectionNamespace(name));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String before = collection.getFullName();
        super.moveCollection(from, collection, newName);
        String after = collection.getFullName();
        file.renameMap(DATA + before, DATA + after);
        for (Index<?> index : collection.getIndexes()) {
            file.renameMap(INDEX + before + "$" + index.getName(), INDEX + after + "$" + index.getName());
        }
    }

    @Override
    protected long getStorageSize() {
        return file.size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
