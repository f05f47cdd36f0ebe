package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** What an index needs to know of a document. */
final class IndexedFields {
    private static final Key ASIDE = Key.FIRST.plus(KeyWriter.UNORDERED);

    private IndexedFields() {}

    /** The key under which the collection keeps the document. */
    static Key position(Document document) {
        return KeyWriter.key(document.get("_id"));
    }

    /** The value of a field; a collection if there is an array anywhere on its path. */
    static Object value(Document document, String field) {
        return Utils.getSubdocumentValueCollectionAware(document, field);
    }

    static boolean areOrdered(Document document, List<String> fields) {
        for (String field : fields) {
            if (!KeyWriter.isOrdered(value(document, field))) {
                return false;
            }
        }
        return true;
    }

    /** The key of the entry for a document that cannot be put in order. */
    static Key aside(Key position) {
        return ASIDE.plus(position);
    }

    static boolean sameIndex(Index<?> one, Index<?> other) {
        return one.getClass() == other.getClass() && one.toIndexDescription().equals(other.toIndexDescription());
    }
}
