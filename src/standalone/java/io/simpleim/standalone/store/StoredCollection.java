package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import io.simpleim.standalone.store.file.StoredMap;
import io.simpleim.standalone.store.index.EqualityFilter;
import io.simpleim.standalone.store.index.IndexedFields;
import io.simpleim.standalone.store.index.Planner;
import io.simpleim.standalone.store.index.QueryPlan;
import io.simpleim.standalone.store.index.SortedIndex;
import io.simpleim.standalone.store.key.BsonBytes;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection: id → BSON, in the order of the ids.
 *
 * <p>Writes run one at a time, under this object's monitor as the library does it. Reads take no lock: they walk a
 * snapshot of the map and decode documents of their own, so a slow query blocks nobody. A reader may see only some
 * documents of a concurrent write, but each as a whole, and none that does not match.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Key> {
    private static final String NATURAL = "$natural";

    private final StoredMap<byte[]> documents;
    private final List<SortedIndex> sortedIndexes = new CopyOnWriteArrayList<>();

    StoredCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            StoredMap<byte[]> documents,
            CursorRegistry cursors) {
        super(database, name, options, cursors);
        this.documents = documents;
    }

    /** Overrides the library's method, which takes the lock. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // A reader walks a snapshot.
    public QueryResult handleQuery(QueryParameters parameters) {
        Document selector = parameters.getQuerySelector();
        String prefix = selector.containsKey("$query") ? "$" : "";
        boolean wrapped = selector.containsKey(prefix + "query");
        Document query = wrapped && selector.get(prefix + "query") instanceof Document inner ? inner : selector;
        Document sort = wrapped ? (Document) selector.get(prefix + "orderby") : null;
        return queryDocuments(
                query,
                sort,
                parameters.getNumberToSkip(),
                parameters.getLimit(),
                parameters.getBatchSize(),
                parameters.getProjection());
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, @Nullable Document sort, int skip, int limit, int batchSize, @Nullable Document fields) {
        int needed = limit == 0 ? 0 : skip + limit;
        QueryPlan plan = isNatural(sort) ? null : plan(query, sort, needed);
        if (plan == null) {
            return matchDocuments(query, sort, skip, limit, batchSize, fields);
        }
        Stream<Document> candidates =
                plan.positions().map(documents::get).filter(Objects::nonNull).map(BsonBytes::decode);
        Document stillToSort = plan.sorted() ? null : sort;
        EqualityFilter plain = EqualityFilter.of(query);
        return plain == null
                ? matchDocumentsFromStream(candidates, query, stillToSort, skip, limit, batchSize, fields)
                : matchDocumentsFromStream(
                        candidates.filter(plain), new Document(), stillToSort, skip, limit, batchSize, fields);
    }

    /** Null means a scan. */
    @Nullable
    QueryPlan plan(Document query, @Nullable Document sort, int limit) {
        return Planner.plan(sortedIndexes, query, sort, limit);
    }

    private static boolean isNatural(@Nullable Document sort) {
        return sort != null && sort.containsKey(NATURAL);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, @Nullable Document sort, int skip, int limit, int batchSize, @Nullable Document fields) {
        Stream<Document> all = documents
                .in(KeyRange.ALL, isNaturalDescending(sort), (key, bson) -> bson)
                .map(BsonBytes::decode);
        return matchDocumentsFromStream(all, query, sort, skip, limit, batchSize, fields);
    }

    /** The library's matcher remembers the last matched array position, so readers must not share one. */
    @Override
    protected boolean documentMatchesQuery(Document document, Document query) {
        return new DefaultQueryMatcher().matches(document, query);
    }

    @Override
    public synchronized void addIndex(Index<Key> index) {
        SortedIndex sorted = (SortedIndex) index;
        try {
            super.addIndex(index);
        } catch (IndexBuildFailedException e) {
            sorted.clear();
            throw e;
        }
        if (getIndexes().contains(index)) {
            sortedIndexes.add(sorted);
        }
    }

    @Override
    public synchronized void dropIndex(String name) {
        super.dropIndex(name);
        sortedIndexes.removeIf(index -> !getIndexes().contains(index));
    }

    @Override
    protected Key addDocumentInternal(Document document) {
        String idField = getIdField();
        Key key = KeyWriter.key(idField == null ? UUID.randomUUID() : IndexedFields.value(document, idField));
        documents.put(key, BsonBytes.encode(document));
        return key;
    }

    @Override
    protected void handleUpdate(Key position, Document before, Document after) {
        documents.put(position, BsonBytes.encode(after));
    }

    @Override
    protected void removeDocument(Key position) {
        documents.remove(position);
    }

    @Override
    protected Document getDocument(Key position) {
        return BsonBytes.decode(Objects.requireNonNull(documents.get(position), "read under the lock"));
    }

    @Override
    protected Stream<DocumentWithPosition<Key>> streamAllDocumentsWithPosition() {
        return documents.in(
                KeyRange.ALL, false, (key, bson) -> new DocumentWithPosition<>(BsonBytes.decode(bson), key));
    }

    @Override
    public int count() {
        return (int) Math.min(Integer.MAX_VALUE, documents.size());
    }

    /** Only statistics use the data size, and they compute it on demand. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int delta) {}

    @Override
    protected int getDataSize() {
        long size = documents
                .in(KeyRange.ALL, false, (key, bson) -> bson)
                .mapToLong(bson -> bson.length)
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, size);
    }
}
