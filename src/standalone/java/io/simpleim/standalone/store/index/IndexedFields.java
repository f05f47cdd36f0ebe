package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives index keys from documents. Stateless. */
public final class IndexedFields {
    private static final Key ASIDE = Key.FIRST.plus(KeyWriter.UNORDERED);

    private IndexedFields() {}

    /** The key of the document in its collection. */
    static Key position(Document document) {
        return KeyWriter.key(document.get("_id"));
    }

    /** The value of a field; a collection if there is an array anywhere on its path. */
    public static Object value(Document document, String field) {
        return field.indexOf('.') < 0
                ? document.getOrMissing(field) // the library splits the path with a regular expression
                : Utils.getSubdocumentValueCollectionAware(document, field);
    }

    /**
     * The key of a document's only entry in a unique index; null if the library must determine its entries. The
     * library's way, with several maps and streams, costs more than the entry itself.
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

    /** Whether a unique index has the same entry for both; false if the library must decide. */
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

    /** The key of the entry for a document that cannot be ordered. */
    static Key aside(Key position) {
        return ASIDE.plus(position);
    }

    static boolean sameIndex(Index<?> one, Index<?> other) {
        return one.getClass() == other.getClass() && one.toIndexDescription().equals(other.toIndexDescription());
    }
}
