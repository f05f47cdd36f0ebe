package io.simpleim.cluster.message;

import io.simpleim.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a stream entry, header by header. Members of an unexpected type count as absent. Not thread-safe.
 */
final class MessageReader {
    private final Iterator<String> lines;
    private Map<String, @Nullable Object> header = Map.of();

    MessageReader(String text) {
        lines = text.lines().iterator();
    }

    /**
     * Moves to the next line, which must be a header.
     *
     * @return false at the end of the text
     */
    boolean nextHeader() {
        if (!lines.hasNext()) {
            return false;
        }
        header = Json.readObject(lines.next());
        return true;
    }

    /** Takes the next line after the header; empty at the end of the text. */
    Optional<String> line() {
        return lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
    }

    boolean has(String name) {
        return header.containsKey(name);
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(header.get(name));
    }

    Optional<String> text(String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    OptionalLong number(String name) {
        return header.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    /** Returns the elements of an array as text; an empty list if the array is missing. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (header.get(name) instanceof List<?> elements) {
            elements.forEach(element -> texts.add(String.valueOf(element)));
        }
        return texts;
    }
}
