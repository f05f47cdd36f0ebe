package io.simpleim.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/**
 * A JSON schema of the reference that allows no undocumented members. The published schema lets answers grow, but the
 * tests have to find members that grew without documentation.
 */
final class StrictSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema;

    private StrictSchema(JsonElement closed) {
        schema = REGISTRY.getSchema(closed.toString());
    }

    static StrictSchema of(ApiDocument document, JsonElement schema) {
        return new StrictSchema(closed(document.resolved(schema), true));
    }

    /** Deviations of a value from the schema; empty if there are none. */
    List<String> faults(JsonElement value) {
        return schema.validate(value.toString(), InputFormat.JSON).stream()
                .map(fault -> fault + " in " + value)
                .toList();
    }

    /** Each part of an {@code allOf} knows only some members, so only the whole is closed. */
    private static JsonElement closed(JsonElement element, boolean isWhole) {
        if (element.isJsonArray()) {
            JsonArray copy = new JsonArray();
            element.getAsJsonArray().forEach(item -> copy.add(closed(item, isWhole)));
            return copy;
        }
        if (!element.isJsonObject()) {
            return element;
        }
        JsonObject copy = new JsonObject();
        element.getAsJsonObject().entrySet().forEach(member -> {
            boolean isPart = member.getKey().equals("allOf");
            copy.add(member.getKey(), isPart ? parts(member.getValue()) : closed(member.getValue(), true));
        });
        boolean isOfSchema = copy.has("properties") && copy.get("properties").isJsonObject();
        if (isWhole && (isOfSchema || copy.has("allOf"))) {
            copy.addProperty("unevaluatedProperties", false);
        }
        return copy;
    }

    private static JsonElement parts(JsonElement allOf) {
        JsonArray copy = new JsonArray();
        allOf.getAsJsonArray().forEach(part -> copy.add(closed(part, false)));
        return copy;
    }
}
