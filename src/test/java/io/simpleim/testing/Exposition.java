package io.simpleim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parsed content of {@code /metrics}.
 *
 * @param text the content as received
 * @param samples one per line
 */
public record Exposition(String text, List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");

    /** One sample. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** Fetches the metrics as Prometheus does. */
    public static Exposition of(ImClient client) {
        Answer answer = client.send(client.request("metrics"));
        assertThat(answer.status()).isEqualTo(200);
        return parse(answer.body());
    }

    static Exposition parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            Map<String, String> labels = new HashMap<>();
            if (matcher.group(2) != null) {
                LABEL.matcher(matcher.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
        });
        return new Exposition(text, samples);
    }

    /**
     * The sum of all samples with this name and at least these labels, names and values in turn; 0 if there are none.
     */
    public double value(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    /** The difference to an earlier exposition; samples that were absent then count as 0. */
    public Exposition since(Exposition earlier) {
        Map<List<Object>, Double> before = earlier.samples.stream()
                .collect(Collectors.toMap(sample -> List.of(sample.name(), sample.labels()), Sample::value));
        List<Sample> added = samples.stream()
                .map(sample -> new Sample(
                        sample.name(),
                        sample.labels(),
                        sample.value() - before.getOrDefault(List.of(sample.name(), sample.labels()), 0.0)))
                .toList();
        return new Exposition(text, added);
    }

    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /** The label names of all samples with this name. */
    public Set<String> labelsOf(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The metric names; a histogram has one, whatever its parts. */
    public Map<String, Set<String>> families() {
        Map<String, Set<String>> families = new HashMap<>();
        for (Sample sample : samples) {
            Set<String> labels = families.computeIfAbsent(family(sample.name()), name -> new HashSet<>());
            labels.addAll(sample.labels().keySet());
            labels.remove("le");
        }
        return families;
    }

    /** The name without the suffix of a histogram's part. */
    public static String family(String name) {
        return PART.matcher(name).replaceFirst("");
    }
}
