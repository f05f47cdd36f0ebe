package io.simpleim.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A partly parsed PromQL expression.
 *
 * @param selectors the selected metrics with their label matchers
 * @param groupings labels that results are grouped, matched or copied by
 */
public record PromQl(List<Selector> selectors, Set<String> groupings) {
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{([^}]*)\\}|\\()?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
    private static final Pattern COMMA = Pattern.compile(",");

    /** A metric and its label matchers. */
    public record Selector(String metric, Set<String> labels) {}

    public static PromQl parse(String expression) {
        Set<String> groupings = new HashSet<>();
        Matcher grouping = GROUPING.matcher(expression);
        grouping.results()
                .flatMap(found -> COMMA.splitAsStream(found.group(1)))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(groupings::add);
        String rest = RANGE.matcher(grouping.replaceAll(" ")).replaceAll("");
        List<Selector> selectors = new ArrayList<>();
        Matcher token = TOKEN.matcher(rest);
        while (token.find()) {
            String name = token.group(1);
            boolean isFunction = "(".equals(token.group(2));
            // An operator may stand before a parenthesis too.
            if (name != null && !isFunction && !WORDS.contains(name) && !isAggregation(name)) {
                selectors.add(new Selector(name, token.group(3) == null ? Set.of() : labels(token.group(3))));
            }
        }
        return new PromQl(selectors, groupings);
    }

    /** Whether a name is an aggregation, as in {@code sum by (x) (…)}, whose grouping has been removed by now. */
    private static boolean isAggregation(String name) {
        return Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "stddev")
                .contains(name);
    }

    private static Set<String> labels(String matchers) {
        return MATCHER.matcher(matchers).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
