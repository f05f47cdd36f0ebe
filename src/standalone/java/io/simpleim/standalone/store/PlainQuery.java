package io.simpleim.standalone.store;

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
 * A query that asks of some fields to be equal to a text or a whole number, or to be one of some texts: held against a
 * document without going through a list of texts one by one, as the library's matcher does. A document whose fields are
 * of other types, arrays for instance, is left to that matcher. Thread-safe.
 */
final class PlainQuery implements Predicate<Document> {
    private final Document query;
    private final List<Map.Entry<String, Predicate<Object>>> conditions;

    private PlainQuery(Document query, List<Map.Entry<String, Predicate<Object>>> conditions) {
        this.query = query;
        this.conditions = conditions;
    }

    /** Null if the query asks for something else. */
    static @Nullable PlainQuery of(Document query) {
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
        return new PlainQuery(query, conditions);
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
