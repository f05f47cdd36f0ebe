package io.simpleim.reference;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One of the API descriptions among the pages, with references resolved on access. Immutable. */
final class ApiDocument {
    static final ApiDocument REST = read("openapi.yaml");
    static final ApiDocument SOCKET = read("asyncapi.yaml");

    private final JsonObject root;

    private ApiDocument(JsonObject root) {
        this.root = root;
    }

    private static ApiDocument read(String file) {
        try {
            String yaml = Files.readString(Path.of("webapp/docs", file));
            Map<?, ?> read = new YAMLMapper().readValue(yaml, Map.class);
            return new ApiDocument(new Gson().toJsonTree(read).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject root() {
        return root;
    }

    /** The object at a path of member names. */
    JsonObject at(String... names) {
        JsonObject found = root;
        for (String name : names) {
            found = followed(found).getAsJsonObject(name);
        }
        return followed(found);
    }

    /** The target of a reference, or the object itself. */
    JsonObject followed(JsonObject object) {
        return object.has("$ref")
                ? followed(target(object.get("$ref").getAsString()).getAsJsonObject())
                : object;
    }

    private JsonElement target(String reference) {
        JsonElement found = root;
        for (String name : reference.substring("#/".length()).split("/")) {
            found = found.getAsJsonObject().get(name.replace("~1", "/").replace("~0", "~"));
            if (found == null) {
                throw new AssertionError("unresolved reference: " + reference);
            }
        }
        return found;
    }

    /** A copy with every reference replaced by its target. Members beside a reference are kept. */
    JsonElement resolved(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray copy = new JsonArray();
            element.getAsJsonArray().forEach(item -> copy.add(resolved(item)));
            return copy;
        }
        if (!element.isJsonObject()) {
            return element;
        }
        JsonObject object = element.getAsJsonObject();
        JsonObject copy = new JsonObject();
        if (object.has("$ref") && object.get("$ref").isJsonPrimitive()) {
            resolved(target(object.get("$ref").getAsString()))
                    .getAsJsonObject()
                    .asMap()
                    .forEach(copy::add);
        }
        object.entrySet().stream()
                .filter(member -> !member.getKey().equals("$ref"))
                .forEach(member -> copy.add(member.getKey(), resolved(member.getValue())));
        return copy;
    }

    /** The strings of an array; empty if it is absent. */
    static List<String> texts(JsonElement array) {
        List<String> texts = new ArrayList<>();
        if (array != null) {
            array.getAsJsonArray().forEach(text -> texts.add(text.getAsString()));
        }
        return texts;
    }
}
