package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Translates the aggregation that drivers send for {@code countDocuments} into a count command. The aggregation
 * consists of {@code $match}, optional {@code $skip} and {@code $limit}, and a {@code $group} that sums ones. The
 * library would read the whole collection for it; the equivalent count command uses an index.
 */
final class CountAggregation {
    private static final Document ADD_ONES = new Document("_id", 1).append("n", new Document("$sum", 1));

    private CountAggregation() {}

    /** The count command for such an aggregation, null for any other. */
    static @Nullable Document toCount(Document aggregate) {
        if (!(aggregate.get("pipeline") instanceof List<?> stages) || stages.size() < 2) {
            return null;
        }
        Document count = new Document("count", aggregate.get("aggregate"));
        for (Object stage : stages.subList(0, stages.size() - 1)) {
            if (!(stage instanceof Document single) || !add(single, count)) {
                return null;
            }
        }
        boolean counts = ADD_ONES.equals(((Document) stages.get(stages.size() - 1)).get("$group"));
        return counts && count.containsKey("query") ? count : null;
    }

    /** Translates a stage if it comes at most once and in the order in which the count command applies it. */
    private static boolean add(Document stage, Document count) {
        if (stage.get("$match") instanceof Document query && count.size() == 1) {
            count.append("query", query);
        } else if (stage.get("$skip") instanceof Number skip
                && !count.containsKey("skip")
                && !count.containsKey("limit")) {
            count.append("skip", skip);
        } else if (stage.get("$limit") instanceof Number limit && !count.containsKey("limit")) {
            count.append("limit", limit);
        } else {
            return false;
        }
        return true;
    }

    /** The answer to the aggregation. A count of 0 gives no group. */
    static Document toAnswer(String database, Document aggregate, Document counted) {
        int n = ((Number) Objects.requireNonNull(counted.get("n"))).intValue();
        List<Document> groups = n == 0 ? List.of() : List.of(new Document("_id", 1).append("n", n));
        Document cursor = new Document("id", 0L)
                .append("ns", database + "." + aggregate.get("aggregate"))
                .append("firstBatch", groups);
        return new Document("cursor", cursor).append("ok", 1.0);
    }
}
