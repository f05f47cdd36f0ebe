package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import io.simpleim.standalone.store.key.KeyWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a query on one field, as far as an index can use it. It may be weaker than the query but never
 * stronger; the documents found are matched against the whole query afterwards.
 */
final class FieldCondition {
    /** Keys of the allowed values, in order; null if any value is allowed. */
    private @Nullable TreeSet<Key> points;

    private @Nullable Bound lower;
    private @Nullable Bound upper;

    /** One end of a range. The bracket confines a range without the other end to the type. */
    record Bound(Key key, int bracket) {}

    private FieldCondition() {}

    /** The conditions of a query by field. Those under {@code $and} count like top-level ones. */
    static Map<String, FieldCondition> of(Document query) {
        Map<String, FieldCondition> conditions = new LinkedHashMap<>();
        collect(query, conditions);
        return conditions;
    }

    private static void collect(Document query, Map<String, FieldCondition> conditions) {
        query.forEach((field, value) -> {
            if (field.equals("$and") && value instanceof Collection<?> parts) {
                for (Object part : parts) {
                    if (part instanceof Document conjunct) {
                        collect(conjunct, conditions);
                    }
                }
            } else if (!field.startsWith("$")) {
                conditions.computeIfAbsent(field, name -> new FieldCondition()).demand(value);
            }
        });
    }

    private void demand(@Nullable Object value) {
        if (!(value instanceof Document operators)) {
            equal(value);
        } else if (!BsonRegularExpression.isRegularExpression(value)) {
            operators.forEach(this::demand);
        }
    }

    private void demand(String operator, @Nullable Object value) {
        switch (operator) {
            case "$eq" -> equal(value);
            case "$in" -> in(value);
            case "$gt", "$gte" ->
                lower = value != null && canBeBound(value) ? lower(value, operator.equals("$gte")) : lower;
            case "$lt", "$lte" ->
                upper = value != null && canBeBound(value) ? upper(value, operator.equals("$lte")) : upper;
            default -> {}
        }
    }

    private void equal(@Nullable Object value) {
        in(Collections.singletonList(value));
    }

    private void in(@Nullable Object values) {
        if (points != null || !(values instanceof Collection<?> list) || !allOrdered(list)) {
            return;
        }
        TreeSet<Key> keys = new TreeSet<>();
        list.forEach(value -> keys.add(KeyWriter.key(value)));
        points = keys;
    }

    private static boolean allOrdered(Collection<?> values) {
        for (Object value : values) {
            if (!KeyWriter.isOrdered(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean canBeBound(Object value) {
        return KeyWriter.isOrdered(value) && !(value instanceof Double d && d.isNaN());
    }

    /**
     * The library compares numbers beyond an int by their whole part: 5000000000.5 is not above 5000000000. Such bounds
     * include the neighbouring numbers.
     */
    private static boolean isExact(Object value) {
        return !(value instanceof Number n) || n.doubleValue() == n.intValue();
    }

    private static Bound lower(Object value, boolean inclusive) {
        if (!isExact(value)) {
            double below = Math.nextDown(Math.floor(((Number) value).doubleValue()) - 1);
            return new Bound(KeyWriter.key(below), KeyWriter.bracket(value));
        }
        Key key = KeyWriter.key(value);
        return new Bound(inclusive ? key : key.plus(KeyWriter.END), KeyWriter.bracket(value));
    }

    private static Bound upper(Object value, boolean inclusive) {
        if (!isExact(value)) {
            double above = Math.nextUp(Math.ceil(((Number) value).doubleValue()) + 1);
            return new Bound(KeyWriter.key(above), KeyWriter.bracket(value));
        }
        Key key = KeyWriter.key(value);
        return new Bound(inclusive ? key.plus(KeyWriter.END) : key, KeyWriter.bracket(value));
    }

    boolean hasPoints() {
        return points != null;
    }

    boolean hasRange() {
        return lower != null || upper != null;
    }

    int pointCount() {
        return points == null ? 0 : points.size();
    }

    boolean allowsNull() {
        return points != null && points.contains(KeyWriter.key((Object) null));
    }

    /** All combinations of a prefix and an allowed value. */
    List<Key> extend(List<Key> prefixes) {
        List<Key> longer = new ArrayList<>();
        for (Key prefix : prefixes) {
            for (Key point : points == null ? new TreeSet<Key>() : points) {
                longer.add(prefix.plus(point));
            }
        }
        return longer;
    }

    /** The range of keys that consist of a prefix and a value between the bounds. */
    KeyRange range(Key prefix) {
        Bound any = lower != null ? lower : Objects.requireNonNull(upper);
        Key from = lower != null ? lower.key() : Key.FIRST.plus(any.bracket());
        Key to = upper != null && upper.bracket() == any.bracket() ? upper.key() : Key.FIRST.plus(any.bracket() + 1);
        return new KeyRange(prefix.plus(from), prefix.plus(to));
    }
}
