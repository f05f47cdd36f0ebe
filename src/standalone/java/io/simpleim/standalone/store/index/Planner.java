package io.simpleim.standalone.store.index;

import de.bwaldvogel.mongo.bson.Document;
import io.simpleim.standalone.store.key.Key;
import io.simpleim.standalone.store.key.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the index for a query. An index is usable if the query demands values for its first fields, optionally with a
 * range of the next one, or if it has the requested order and there is a limit. Among several, the one with the fewest
 * documents to read wins; the trees can count the entries of a range, so this is exact. Stateless.
 */
public final class Planner {
    /** Limit for looking up combinations of {@code $in} values one by one. */
    private static final int MAX_RANGES = 5_000;
    /** Documents that a sorted walk is expected to read for each one that matches the rest of the query. */
    private static final int SEEN_PER_MATCH = 8;

    private Planner() {}

    /** Null means a scan. */
    public static @Nullable QueryPlan plan(
            Iterable<SortedIndex> indexes, Document query, @Nullable Document sort, int limit) {
        Map<String, FieldCondition> conditions = FieldCondition.of(query);
        QueryPlan best = null;
        long lowest = Long.MAX_VALUE;
        for (SortedIndex index : indexes) {
            QueryPlan plan = plan(index, conditions, sort, limit);
            if (plan != null) {
                long cost = plan.sorted() && limit > 0
                        ? Math.min(plan.count(), (long) limit * SEEN_PER_MATCH)
                        : plan.count();
                if (cost < lowest) {
                    best = plan;
                    lowest = cost;
                }
            }
        }
        return best;
    }

    private static @Nullable QueryPlan plan(
            SortedIndex index, Map<String, FieldCondition> conditions, @Nullable Document sort, int limit) {
        List<Key> prefixes = List.of(Key.FIRST);
        int used = 0;
        FieldCondition next = condition(index, used, conditions);
        while (next != null && isUsable(index, next, prefixes.size())) {
            prefixes = next.extend(prefixes);
            next = condition(index, ++used, conditions);
        }
        boolean sorted = prefixes.size() == 1 && isSorted(index, used, sort);
        List<KeyRange> ranges = ranges(prefixes, used, next);
        if (ranges == null) {
            return sorted && limit > 0 && !index.isPartial()
                    ? new QueryPlan(index, List.of(KeyRange.ORDERED), true, isDescending(sort))
                    : null;
        }
        return new QueryPlan(index, ranges, sorted, sorted && isDescending(sort));
    }

    private static @Nullable FieldCondition condition(
            SortedIndex index, int field, Map<String, FieldCondition> conditions) {
        return field < index.fields().size() ? conditions.get(index.fields().get(field)) : null;
    }

    private static boolean isUsable(SortedIndex index, FieldCondition condition, int prefixes) {
        return condition.hasPoints()
                && (long) prefixes * condition.pointCount() <= MAX_RANGES
                && !(index.isPartial() && condition.allowsNull());
    }

    private static @Nullable List<KeyRange> ranges(List<Key> prefixes, int used, @Nullable FieldCondition next) {
        FieldCondition bound = next != null && next.hasRange() ? next : null;
        if (used == 0 && bound == null) {
            return null;
        }
        List<KeyRange> ranges = new ArrayList<>(prefixes.size());
        for (Key prefix : prefixes) {
            ranges.add(bound == null ? KeyRange.startingWith(prefix) : bound.range(prefix));
        }
        return ranges;
    }

    /** Whether entries with a prefix of this many fields have the requested order, all ascending or all descending. */
    private static boolean isSorted(SortedIndex index, int used, @Nullable Document sort) {
        if (sort == null || sort.isEmpty() || index.hasUnordered()) {
            return false;
        }
        int field = used;
        for (Map.Entry<String, Object> by : sort.entrySet()) {
            boolean sameWay = isDescending(by.getValue()) == isDescending(sort);
            if (field == index.fields().size()
                    || !sameWay
                    || !by.getKey().equals(index.fields().get(field++))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDescending(@Nullable Document sort) {
        return sort != null && isDescending(sort.values().iterator().next());
    }

    private static boolean isDescending(Object direction) {
        return direction instanceof Number number && number.intValue() <= 0;
    }
}
