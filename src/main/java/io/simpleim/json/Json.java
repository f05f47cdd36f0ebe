package io.simpleim.json;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records and maps, and reads objects strictly (RFC 8259). Thread-safe. */
public final class Json {
    /** Deeper values are refused; no documented request has more than three levels. */
    private static final int MAX_DEPTH = 16;

    // No HTML escaping: the answers are application/json with nosniff, and partners compare texts in logs.
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setFieldNamingStrategy(field -> policyOf(field.getDeclaringClass()).translateName(field))
            .create();

    private Json() {}

    /** The text of a record, a map or a list of these. A component that is null is left out. */
    public static String write(Object value) {
        return GSON.toJson(value);
    }

    /**
     * Reads one object. Texts become {@link String}, numbers a {@link Number} whose {@code toString} is the text as it
     * was sent, objects {@link Map}, arrays {@link List}.
     *
     * @throws InvalidJsonException if the text is anything but one object, names a member twice or nests too deeply
     */
    public static Map<String, @Nullable Object> readObject(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            Map<String, @Nullable Object> object = object(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new InvalidJsonException("more than one value");
            }
            return object;
        } catch (IOException | IllegalStateException e) {
            throw new InvalidJsonException(e.getMessage());
        }
    }

    private static FieldNamingPolicy policyOf(Class<?> type) {
        return type.isAnnotationPresent(UpperCamel.class)
                ? FieldNamingPolicy.UPPER_CAMEL_CASE
                : FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES;
    }

    private static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (members.containsKey(name)) {
                throw new InvalidJsonException("a member twice");
            }
            members.put(name, value(reader));
        }
        reader.endObject();
        return members;
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader);
            case BOOLEAN -> reader.nextBoolean();
            default -> {
                reader.nextNull();
                yield null;
            }
        };
    }

    private static List<@Nullable Object> array(JsonReader reader) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value(reader));
        }
        reader.endArray();
        return items;
    }
}
