package io.simpleim.json;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.simpleim.json.InvalidJsonException.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records and maps, and reads objects strictly (RFC 8259). Thread-safe. */
public final class Json {
    // No HTML escaping: answers are sent as application/json with nosniff, and partners compare texts in logs.
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setFieldNamingStrategy(field -> policyOf(field.getDeclaringClass()).translateName(field))
            .create();

    private Json() {}

    /** Writes a record, a map or a list of these. Null components are omitted. */
    public static String write(Object value) {
        return GSON.toJson(value);
    }

    /** Writes the members of two records as one object: those of the first, then those of the second. */
    public static String write(Record first, Record second) {
        JsonObject joined = GSON.toJsonTree(first).getAsJsonObject();
        GSON.toJsonTree(second).getAsJsonObject().asMap().forEach(joined::add);
        return GSON.toJson(joined);
    }

    /** Like {@link #readObject(String, JsonLimits)}, for a text that the server wrote itself. */
    public static Map<String, @Nullable Object> readObject(String text) {
        return readObject(text, JsonLimits.NONE);
    }

    /**
     * Reads one object. Strings become {@link String}, numbers a {@link Number} whose {@code toString} is the original
     * text, objects {@link Map}, arrays {@link List}.
     *
     * @throws InvalidJsonException if the text is not a single object, repeats a member or exceeds a limit
     */
    public static Map<String, @Nullable Object> readObject(String text, JsonLimits limits) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            // JsonValues counts too, to tell excessive depth from other faults.
            reader.setNestingLimit(limits.depth() + 1);
            Map<String, @Nullable Object> object = new JsonValues(reader, limits).object();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new InvalidJsonException(Fault.SYNTAX, "more than one value");
            }
            return object;
        } catch (IOException | IllegalStateException e) {
            throw new InvalidJsonException(Fault.SYNTAX, e.getMessage());
        }
    }

    private static FieldNamingPolicy policyOf(Class<?> type) {
        return type.isAnnotationPresent(UpperCamel.class)
                ? FieldNamingPolicy.UPPER_CAMEL_CASE
                : FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES;
    }
}
