package io.simpleim.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/** What two answers have in common that were given at different times: ids, times and tokens are each other's like. */
final class Likeness {
    private static final Set<String> TIMES = Set.of("created_at", "expires_at", "CreateAt", "LastMessageUpdatedAt");
    private static final Set<String> NAMES = Set.of("token", "session_id", "request_id");

    private Likeness() {}

    static JsonElement of(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray copy = new JsonArray();
            element.getAsJsonArray().forEach(item -> copy.add(of(item)));
            return copy;
        }
        if (element.isJsonObject()) {
            JsonObject copy = new JsonObject();
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> copy.add(member.getKey(), of(member.getKey(), member.getValue())));
            return copy;
        }
        boolean isId = element.isJsonPrimitive() && element.getAsString().matches("[0-9a-f]{72}");
        return isId ? new JsonPrimitive("an id") : element;
    }

    private static JsonElement of(String name, JsonElement value) {
        if (TIMES.contains(name)) {
            return new JsonPrimitive("a time");
        }
        return NAMES.contains(name) ? new JsonPrimitive("a name") : of(value);
    }
}
