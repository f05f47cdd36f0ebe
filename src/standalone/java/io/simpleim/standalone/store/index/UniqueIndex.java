package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.Index;
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
 * A unique index: values → position. The library defines uniqueness, including that of null and arrays. Documents that
 * cannot be ordered get a second entry under {@link KeyWriter#UNORDERED}.
 */
public final class UniqueIndex extends AbstractUniqueIndex<Key> implements SortedIndex {
    private final StoredMap<Key> map;
    private final List<String> fields;

    public UniqueIndex(StoredMap<Key> map, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        this.map = map;
        this.fields = List.copyOf(keys());
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Key> collection) {
        Key key = IndexedFields.plainKey(document, fields);
        if (key == null || map.containsKey(key)) {
            super.checkAdd(document, collection);
        }
    }

    @Override
    public synchronized void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {
        if (!IndexedFields.samePlainKey(before, after, fields)) {
            super.checkUpdate(before, after, collection);
        }
    }

    @Override
    public synchronized void add(Document document, Key position, MongoCollection<Key> collection) {
        Key key = IndexedFields.plainKey(document, fields);
        if (key != null && map.putIfAbsent(key, position)) {
            return;
        }
        super.add(document, position, collection);
        if (!IndexedFields.areOrdered(document, fields)) {
            map.put(IndexedFields.aside(position), position);
        }
    }

    @Override
    public synchronized @Nullable Key remove(Document document) {
        Key position = super.remove(document);
        if (IndexedFields.areOrdered(document, fields)) {
            return position;
        }
        Key aside = map.remove(IndexedFields.aside(IndexedFields.position(document)));
        return position == null ? aside : position; // an empty array has no other entry
    }

    /** The library leaves the entries unchanged if the keys are equal, as those of 5 and [5] are. */
    @Override
    public synchronized void updateInPlace(
            Document before, Document after, Key position, MongoCollection<Key> collection) {
        if (IndexedFields.samePlainKey(before, after, fields)) {
            return;
        }
        super.updateInPlace(before, after, position, collection);
        boolean ordered = IndexedFields.areOrdered(after, fields);
        if (ordered && !IndexedFields.areOrdered(before, fields)) {
            map.remove(IndexedFields.aside(position));
        } else if (!ordered) {
            map.put(IndexedFields.aside(position), position);
        }
    }

    @Override
    public Key getPosition(Document document) {
        return IndexedFields.position(document);
    }

    @Override
    protected @Nullable Key getPosition(KeyValue values) {
        return map.get(KeyWriter.joined(values));
    }

    @Override
    protected @Nullable Key removeDocument(KeyValue values) {
        return map.remove(KeyWriter.joined(values));
    }

    @Override
    protected boolean putKeyPosition(KeyValue values, Key position) {
        return map.putIfAbsent(KeyWriter.joined(values), position);
    }

    @Override
    protected Iterable<Entry<KeyValue, Key>> getIterable() {
        throw new UnsupportedOperationException("queries go through the planner");
    }

    @Override
    public boolean hasSameOptions(Index<?> other) {
        return IndexedFields.sameIndex(this, other);
    }

    @Override
    public List<String> fields() {
        return fields;
    }

    @Override
    public boolean isPartial() {
        return isSparse();
    }

    @Override
    public Stream<Key> positions(KeyRange range, boolean descending) {
        return map.in(range, descending, (values, position) -> position);
    }

    @Override
    public long count(KeyRange range) {
        return map.count(range);
    }

    @Override
    public Stream<Key> unordered() {
        return positions(KeyRange.UNORDERED, false);
    }

    @Override
    public boolean hasUnordered() {
        return !map.isEmpty(KeyRange.UNORDERED);
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public long getCount() {
        return map.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
