package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.file.StoredMap;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A non-unique index: values and position → length of the values. Each document has exactly one entry. Writes need the
 * collection's lock.
 */
public final class OrderedIndex extends Index<Key> implements SortedIndex {
    private final StoredMap<Long> map;
    private final List<String> fields;

    public OrderedIndex(StoredMap<Long> map, String name, List<IndexKey> keys) {
        super(name, keys, false);
        this.map = map;
        this.fields = List.copyOf(keys());
    }

    @Override
    public void add(Document document, Key position, MongoCollection<Key> collection) {
        Key prefix = prefix(document);
        map.put(prefix.plus(position), (long) prefix.length());
    }

    @Override
    public @Nullable Key remove(Document document) {
        Key position = getPosition(document);
        return map.remove(prefix(document).plus(position)) == null ? null : position;
    }

    /**
     * Adds before removing, so that a concurrent reader finds the document twice, which it detects, instead of never.
     */
    @Override
    public void updateInPlace(Document before, Document after, Key position, MongoCollection<Key> collection) {
        Key old = prefix(before);
        Key now = prefix(after);
        if (!old.equals(now)) {
            map.put(now.plus(position), (long) now.length());
            map.remove(old.plus(position));
        }
    }

    @Override
    public Key getPosition(Document document) {
        return IndexedFields.position(document);
    }

    private Key prefix(Document document) {
        KeyWriter key = new KeyWriter();
        for (String field : fields) {
            Object value = IndexedFields.value(document, field);
            if (!KeyWriter.isOrdered(value)) {
                return Key.FIRST.plus(KeyWriter.UNORDERED);
            }
            key.value(value);
        }
        return key.toKey();
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Key> collection) {}

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {}

    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Key> getPositions(Document query) {
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
        return false;
    }

    @Override
    public Stream<Key> positions(KeyRange range, boolean descending) {
        return map.in(range, descending, (key, prefix) -> key.from(prefix.intValue()));
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

    @Override
    public void drop() {}
}
