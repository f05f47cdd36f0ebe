package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fast filter for queries in which each field must equal a text or a whole number, or be one of several texts. The
 * library's matcher would compare with the texts one by one. Documents with fields of other types, such as arrays, are
 * left to that matcher. Thread-safe.
 */
public final class EqualityFilter implements Predicate<Document> {
    private final Document query;
    private final List<Map.Entry<String, Predicate<Object>>> conditions;

    private EqualityFilter(Document query, List<Map.Entry<String, Predicate<Object>>> conditions) {
        this.query = query;
        this.conditions = conditions;
    }

    /** Null if the query has any other condition. */
    public static @Nullable EqualityFilter of(Document query) {
        List<Map.Entry<String, Predicate<Object>>> conditions = new ArrayList<>();
        for (Map.Entry<String, Object> entry : query.entrySet()) {
            String field = entry.getKey();
            Predicate<Object> condition =
                    field.startsWith("$") || field.contains(".") ? null : condition(entry.getValue());
            if (condition == null) {
                return null;
            }
            conditions.add(Map.entry(field, condition));
        }
        return new EqualityFilter(query, conditions);
    }

    private static @Nullable Predicate<Object> condition(@Nullable Object value) {
        if (value instanceof String text) {
            return text::equals;
        }
        if (value instanceof Number whole && isWhole(whole)) {
            long number = whole.longValue();
            return other -> other instanceof Number same && isWhole(same) && same.longValue() == number;
        }
        if (value instanceof Document operators
                && operators.size() == 1
                && operators.get("$in") instanceof Collection<?> values) {
            return oneOf(values);
        }
        return null;
    }

    private static @Nullable Predicate<Object> oneOf(Collection<?> values) {
        Set<Object> texts = new HashSet<>();
        for (Object value : values) {
            if (!(value instanceof String)) {
                return null;
            }
            texts.add(value);
        }
        return texts::contains;
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    @Override
    public boolean test(Document document) {
        for (Map.Entry<String, Predicate<Object>> condition : conditions) {
            Object value = document.get(condition.getKey());
            if (!(value instanceof String) && !isWhole(value)) {
                return new DefaultQueryMatcher().matches(document, query);
            }
            if (!condition.getValue().test(value)) {
                return false;
            }
        }
        return true;
    }
}
