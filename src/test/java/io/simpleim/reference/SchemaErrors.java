package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Finds the error names in a schema: the {@code enum} or {@code const} of a member {@code error}. */
final class SchemaErrors {
    private SchemaErrors() {}

    static List<String> in(JsonElement schema) {
        List<String> names = new ArrayList<>();
        collect(schema, names);
        return names;
    }

    private static void collect(JsonElement element, List<String> names) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(item -> collect(item, names));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(member -> {
                if (member.getKey().equals("error")) {
                    take(member.getValue().getAsJsonObject(), names);
                } else {
                    collect(member.getValue(), names);
                }
            });
        }
    }

    private static void take(JsonObject error, List<String> names) {
        if (error.has("const")) {
            names.add(error.get("const").getAsString());
        }
        names.addAll(ApiDocument.texts(error.get("enum")));
    }
}
