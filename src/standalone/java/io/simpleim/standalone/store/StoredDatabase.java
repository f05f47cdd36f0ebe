package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * A database: the maps {@code data.<database>.<collection>} and {@code index.<database>.<collection>$<index>}. The names
 * are unambiguous since a database's has no dot and a collection's no dollar. Thread-safe as the library makes it.
 */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Key> {
    static final String DATA = "data.";

    private static final String INDEX = "index.";

    private final MVStore store;

    StoredDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    @Override
    protected MongoCollection<Key> openOrCreateCollection(String name, CollectionOptions options) {
        return new StoredCollection(this, name, options, documents(name), cursorRegistry);
    }

    private MVMap<Key, byte[]> documents(String collection) {
        return store.openMap(
                DATA + getFullCollectionNamespace(collection),
                new MVMap.Builder<Key, byte[]>().keyType(KeyType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    protected Index<Key> openOrCreateUniqueIndex(String collection, String index, List<IndexKey> keys, boolean sparse) {
        if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
            return new PrimaryIndex(documents(collection), index, keys);
        }
        MVMap<Key, Key> map = store.openMap(
                indexName(collection, index),
                new MVMap.Builder<Key, Key>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE));
        return new UniqueIndex(map, index, keys, sparse);
    }

    @Override
    protected Index<Key> openOrCreateSecondaryIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        MVMap<Key, Long> map = store.openMap(
                indexName(collection, index),
                new MVMap.Builder<Key, Long>().keyType(KeyType.INSTANCE).valueType(LongDataType.INSTANCE));
        return new OrderedIndex(map, index, keys);
    }

    private String indexName(String collection, String index) {
        return INDEX + getFullCollectionNamespace(collection) + "$" + index;
    }

    @Override
    protected void dropIndex(MongoCollection<Key> collection, String index) {
        super.dropIndex(collection, index);
        store.removeMap(indexName(collection.getCollectionName(), index));
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        store.removeMap(DATA + getFullCollectionNamespace(name));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String before = collection.getFullName();
        super.moveCollection(from, collection, newName);
        String after = collection.getFullName();
        rename(DATA + before, DATA + after);
        for (Index<?> index : collection.getIndexes()) {
            rename(INDEX + before + "$" + index.getName(), INDEX + after + "$" + index.getName());
        }
    }

    private void rename(String before, String after) {
        if (store.hasMap(before)) {
            store.renameMap(store.openMap(before), after);
        }
    }

    @Override
    protected long getStorageSize() {
        FileStore<?> file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
