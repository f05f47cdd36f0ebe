package io.simpleim.config.source;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the name that was probably meant by a misspelt one. */
final class Suggestion {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Suggestion() {}

    /**
     * Completes a message about an unknown name: with the nearest candidate if at most about a third of it differs, or else
     * with all candidates. Case and punctuation are ignored.
     *
     * @param name the name of a candidate
     * @param shown how the message shows a candidate
     */
    static <T> String hint(String unknown, List<T> candidates, Function<T, String> name, Function<T, String> shown) {
        String given = plain(unknown);
        ToIntFunction<T> distance = candidate -> DISTANCE.apply(given, plain(name.apply(candidate)));
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
}
