package io.simpleim.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Finds what a misspelt name was meant to be. */
final class Suggestion {
    private Suggestion() {}

    /**
     * The end of a message about an unknown name: the candidate nearest to it, if no more than about a third of that
     * differs, or else all of them. Case and punctuation do not count.
     *
     * @param name what the candidate is compared by
     * @param shown how the message shows it
     */
    static <T> String hint(String unknown, List<T> candidates, Function<T, String> name, Function<T, String> shown) {
        String given = plain(unknown);
        ToIntFunction<T> distance = candidate -> distance(given, plain(name.apply(candidate)));
        return candidates.stream()
                .filter(candidate ->
                        distance.applyAsInt(candidate) <= (name.apply(candidate).length() + 1) / 3)
                .min(Comparator.comparingInt(distance))
                .map(candidate -> "did you mean " + shown.apply(candidate) + "?")
                .orElseGet(() ->
                        "expected one of " + candidates.stream().map(shown).collect(Collectors.joining(", ")));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
