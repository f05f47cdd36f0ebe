package io.simpleim.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/** Replaces ids, times and tokens by fixed texts, so that answers from different runs can be compared. */
final class AnswerNormalizer {
    private static final Set<String> TIMES = Set.of("created_at", "expires_at", "CreateAt", "LastMessageUpdatedAt");
    private static final Set<String> NAMES = Set.of("token", "session_id", "request_id");

    private AnswerNormalizer() {}

    static JsonElement normalize(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray copy = new JsonArray();
            element.getAsJsonArray().forEach(item -> copy.add(normalize(item)));
            return copy;
        }
        if (element.isJsonObject()) {
            JsonObject copy = new JsonObject();
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> copy.add(member.getKey(), normalize(member.getKey(), member.getValue())));
            return copy;
        }
        boolean isId = element.isJsonPrimitive() && element.getAsString().matches("[0-9a-f]{72}");
        return isId ? new JsonPrimitive("an id") : element;
    }

    private static JsonElement normalize(String name, JsonElement value) {
        if (TIMES.contains(name)) {
            return new JsonPrimitive("a time");
        }
        return NAMES.contains(name) ? new JsonPrimitive("a name") : normalize(value);
    }
}
