package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the index for a query. An index helps if the query demands values for its first fields, then perhaps a range
 * of the next, or if it has the order that is asked for with a limit. Of several, the one wins that has to look at the
 * fewest documents; the trees know how many entries a range holds, so this is counted, not guessed. Stateless.
 */
final class Planner {
    /** More combinations of {@code $in} values than this are not looked up one by one. */
    private static final int MAX_RANGES = 5_000;
    /** How many documents a sorted walk is expected to see for each that matches the rest of the query. */
    private static final int SEEN_PER_MATCH = 8;

    private Planner() {}

    /** Null means a scan. */
    static @Nullable Plan plan(Iterable<SortedIndex> indexes, Document query, @Nullable Document sort, int limit) {
        Map<String, Condition> conditions = Condition.of(query);
        Plan best = null;
        long lowest = Long.MAX_VALUE;
        for (SortedIndex index : indexes) {
            Plan plan = plan(index, conditions, sort, limit);
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

    private static @Nullable Plan plan(
            SortedIndex index, Map<String, Condition> conditions, @Nullable Document sort, int limit) {
        List<Key> prefixes = List.of(Key.FIRST);
        int used = 0;
        Condition next = condition(index, used, conditions);
        while (next != null && isUsable(index, next, prefixes.size())) {
            prefixes = next.extend(prefixes);
            next = condition(index, ++used, conditions);
        }
        boolean sorted = prefixes.size() == 1 && isSorted(index, used, sort);
        List<KeyRange> ranges = ranges(prefixes, used, next);
        if (ranges == null) {
            return sorted && limit > 0 && !index.isPartial()
                    ? new Plan(index, List.of(KeyRange.ORDERED), true, isDescending(sort))
                    : null;
        }
        return new Plan(index, ranges, sorted, sorted && isDescending(sort));
    }

    private static @Nullable Condition condition(SortedIndex index, int field, Map<String, Condition> conditions) {
        return field < index.fields().size() ? conditions.get(index.fields().get(field)) : null;
    }

    private static boolean isUsable(SortedIndex index, Condition condition, int prefixes) {
        return condition.isPoints()
                && (long) prefixes * condition.pointCount() <= MAX_RANGES
                && !(index.isPartial() && condition.allowsNull());
    }

    private static @Nullable List<KeyRange> ranges(List<Key> prefixes, int used, @Nullable Condition next) {
        Condition bound = next != null && next.isRange() ? next : null;
        if (used == 0 && bound == null) {
            return null;
        }
        List<KeyRange> ranges = new ArrayList<>(prefixes.size());
        for (Key prefix : prefixes) {
            ranges.add(bound == null ? KeyRange.startingWith(prefix) : bound.range(prefix));
        }
        return ranges;
    }

    /** Whether the entries behind a prefix of this many fields have the order; all of it ascends or all descends. */
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
