package io.simpleim.json;

import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import io.simpleim.json.InvalidJsonException.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of one text within limits. For one thread and one use. */
final class JsonValues {
    private final JsonReader reader;
    private final JsonLimits limits;
    private int depth;
    private int members;

    JsonValues(JsonReader reader, JsonLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        enter();
        reader.beginObject();
        while (reader.hasNext()) {
            count();
            String name = reader.nextName();
            if (object.containsKey(name)) {
                throw new InvalidJsonException(Fault.SYNTAX, "repeated member");
            }
            object.put(name, value());
        }
        reader.endObject();
        depth--;
        return object;
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        enter();
        reader.beginArray();
        while (reader.hasNext()) {
            count();
            items.add(value());
        }
        reader.endArray();
        depth--;
        return items;
    }

    private @Nullable Object value() throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case STRING -> reader.nextString();
            case NUMBER -> ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader);
            case BOOLEAN -> reader.nextBoolean();
            default -> {
                reader.nextNull();
                yield null;
            }
        };
    }

    private void enter() {
        depth++;
        if (depth > limits.depth()) {
            throw new InvalidJsonException(Fault.TOO_DEEP, "too deep");
        }
    }

    private void count() {
        members++;
        if (members > limits.members()) {
            throw new InvalidJsonException(Fault.TOO_MANY_MEMBERS, "too many members");
        }
    }
}
