package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
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
 * What a query demands of one field, as far as an index can use it. It may demand less than the query, never more: the
 * documents found are held against the whole query afterwards.
 */
final class Condition {
    /** The keys of the values that the field must have one of, in order; null if any value will do. */
    private @Nullable TreeSet<Key> points;

    private @Nullable Bound lower;
    private @Nullable Bound upper;

    /** One end of a range; the bracket keeps a range open at the other end within the type. */
    record Bound(Key key, int bracket) {}

    private Condition() {}

    /** The conditions of a query by field; those joined by {@code $and} count as if they stood side by side. */
    static Map<String, Condition> of(Document query) {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        collect(query, conditions);
        return conditions;
    }

    private static void collect(Document query, Map<String, Condition> conditions) {
        query.forEach((field, value) -> {
            if (field.equals("$and") && value instanceof Collection<?> parts) {
                for (Object part : parts) {
                    if (part instanceof Document conjunct) {
                        collect(conjunct, conditions);
                    }
                }
            } else if (!field.startsWith("$")) {
                conditions.computeIfAbsent(field, name -> new Condition()).demand(value);
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
            case "$gt", "$gte" -> lower = value != null && range(value) ? lower(value, operator.equals("$gte")) : lower;
            case "$lt", "$lte" -> upper = value != null && range(value) ? upper(value, operator.equals("$lte")) : upper;
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

    private static boolean range(Object value) {
        return value != null && KeyWriter.isOrdered(value) && !(value instanceof Double d && d.isNaN());
    }

    /**
     * The library compares numbers beyond an int by their whole part: 5000000000.5 is not above 5000000000. Bounds there
     * let the neighbours in.
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

    boolean isPoints() {
        return points != null;
    }

    boolean isRange() {
        return lower != null || upper != null;
    }

    int pointCount() {
        return points == null ? 0 : points.size();
    }

    boolean allowsNull() {
        return points != null && points.contains(KeyWriter.key((Object) null));
    }

    /** Each of these prefixes, followed by each of the points. */
    List<Key> extend(List<Key> prefixes) {
        List<Key> longer = new ArrayList<>();
        for (Key prefix : prefixes) {
            for (Key point : points == null ? new TreeSet<Key>() : points) {
                longer.add(prefix.plus(point));
            }
        }
        return longer;
    }

    /** The range of the keys that go on from a prefix with a value between the bounds. */
    KeyRange range(Key prefix) {
        Bound any = lower != null ? lower : Objects.requireNonNull(upper);
        Key from = lower != null ? lower.key() : Key.FIRST.plus(any.bracket());
        Key to = upper != null && upper.bracket() == any.bracket() ? upper.key() : Key.FIRST.plus(any.bracket() + 1);
        return new KeyRange(prefix.plus(from), prefix.plus(to));
    }
}
