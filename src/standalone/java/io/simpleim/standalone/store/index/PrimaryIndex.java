package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.file.StoredMap;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index on {@code _id}: a view of the documents, whose keys are their ids. A write therefore touches one map less,
 * and nothing can get out of step.
 */
public final class PrimaryIndex extends AbstractUniqueIndex<Key> implements SortedIndex {
    private static final KeyRange WITHOUT_ORDER = KeyRange.startingWith(Key.FIRST.plus(KeyWriter.OTHER));

    private static final List<String> ID = List.of("_id");

    private final StoredMap<byte[]> documents;

    public PrimaryIndex(StoredMap<byte[]> documents, String name, List<IndexKey> keys) {
        super(name, keys, false);
        this.documents = documents;
    }

    @Override
    protected @Nullable Key getPosition(KeyValue id) {
        Key key = KeyWriter.joined(id);
        return documents.containsKey(key) ? key : null;
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Key> collection) {
        Key key = IndexedFields.plainKey(document, ID);
        if (key == null || documents.containsKey(key)) {
            super.checkAdd(document, collection);
        }
    }

    @Override
    public synchronized void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {
        if (!IndexedFields.samePlainKey(before, after, ID)) {
            super.checkUpdate(before, after, collection);
        }
    }

    @Override
    public @Nullable Key getPosition(Document document) {
        Key key = IndexedFields.position(document);
        return documents.containsKey(key) ? key : null;
    }

    /** The collection has removed or will remove the document itself. */
    @Override
    protected @Nullable Key removeDocument(KeyValue id) {
        return getPosition(id);
    }

    /** The collection has put the document itself. */
    @Override
    public void add(Document document, Key position, MongoCollection<Key> collection) {}

    @Override
    protected boolean putKeyPosition(KeyValue id, Key position) {
        return true;
    }

    /** An id never changes. */
    @Override
    public void updateInPlace(Document before, Document after, Key position, MongoCollection<Key> collection) {}

    @Override
    protected Iterable<Entry<KeyValue, Key>> getIterable() {
        throw new UnsupportedOperationException("queries go through the planner");
    }

    @Override
    public List<String> fields() {
        return ID;
    }

    @Override
    public boolean isPartial() {
        return false;
    }

    @Override
    public Stream<Key> positions(KeyRange range, boolean descending) {
        return documents.in(range, descending, (key, document) -> key);
    }

    @Override
    public long count(KeyRange range) {
        return documents.count(range);
    }

    /** None: a value that equals an ordered one or lies between two has the key of an ordered value. */
    @Override
    public Stream<Key> unordered() {
        return Stream.of();
    }

    @Override
    public boolean hasUnordered() {
        return !documents.isEmpty(WITHOUT_ORDER);
    }

    @Override
    public void clear() {}

    @Override
    public long getCount() {
        return documents.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
