package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return field.indexOf('.') < 0
                ? document.getOrMissing(field) // the library takes the path apart with a regular expression
                : Utils.getSubdocumentValueCollectionAware(document, field);
    }

    /**
     * The key of the only entry that a unique index has for a document; null if the library has to say which it has. What
     * the library does for every document, in a few maps and streams, costs more than the entry itself.
     */
    static @Nullable Key plainKey(Document document, List<String> fields) {
        KeyWriter key = new KeyWriter();
        for (String field : fields) {
            Object value = value(document, field);
            if (value instanceof Missing || !KeyWriter.isOrdered(value)) {
                return null;
            }
            key.value(value);
        }
        return key.toKey();
    }

    /** Whether a unique index has the same entry for both; false if the library has to say. */
    static boolean samePlainKey(Document one, Document other, List<String> fields) {
        Key key = plainKey(one, fields);
        Key otherKey = plainKey(other, fields);
        return key != null && otherKey != null && key.equals(otherKey);
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
