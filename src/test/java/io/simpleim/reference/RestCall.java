package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.simpleim.testing.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A documented REST call. */
record RestCall(String path, String method, JsonObject operation) {
    private static final String JSON = "application/json";

    static List<RestCall> all() {
        List<RestCall> calls = new ArrayList<>();
        ApiDocument.REST
                .at("paths")
                .entrySet()
                .forEach(path -> path.getValue()
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(call -> calls.add(new RestCall(
                                path.getKey(), call.getKey(), call.getValue().getAsJsonObject()))));
        return calls;
    }

    static RestCall named(String id) {
        return all().stream().filter(call -> call.id().equals(id)).findFirst().orElseThrow();
    }

    String id() {
        return operation.get("operationId").getAsString();
    }

    /** The path relative to the application, as {@code ImClient} expects it. */
    String target() {
        return path.substring(1);
    }

    boolean isHandshake() {
        return operation.getAsJsonObject("responses").has("101");
    }

    boolean isPost() {
        return method.equals("post");
    }

    /** The examples of the JSON body by name; none for a GET. */
    Map<String, JsonObject> bodies() {
        Map<String, JsonObject> bodies = new LinkedHashMap<>();
        if (isPost()) {
            examples(operation.getAsJsonObject("requestBody").getAsJsonObject("content"))
                    .forEach((name, value) -> bodies.put(name, value.getAsJsonObject()));
        }
        return bodies;
    }

    /** The example of the body in another content type. */
    JsonObject body(String mediaType) {
        return operation
                .getAsJsonObject("requestBody")
                .getAsJsonObject("content")
                .getAsJsonObject(mediaType)
                .getAsJsonObject("example");
    }

    /** The parameters of the default example. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (isPost()) {
            bodies().get("ok")
                    .entrySet()
                    .forEach(member ->
                            parameters.put(member.getKey(), member.getValue().getAsString()));
        } else {
            query().filter(parameter -> parameter.has("example"))
                    .forEach(parameter -> parameters.put(
                            parameter.get("name").getAsString(),
                            parameter.get("example").getAsString()));
        }
        return parameters;
    }

    private Stream<JsonObject> query() {
        return operation.getAsJsonArray("parameters").asList().stream()
                .map(parameter -> ApiDocument.REST.followed(parameter.getAsJsonObject()))
                .filter(parameter -> parameter.get("in").getAsString().equals("query"));
    }

    /** The errors that the schema lists for code -1. */
    List<String> refusals() {
        return errors("200");
    }

    /** The errors that the schema lists for a response. */
    List<String> errors(String status) {
        JsonObject content = response(Integer.parseInt(status)).orElseThrow().getAsJsonObject("content");
        return content == null || !content.has(JSON)
                ? List.of()
                : SchemaErrors.in(content.getAsJsonObject(JSON).get("schema"));
    }

    List<String> statuses() {
        return List.copyOf(operation.getAsJsonObject("responses").keySet());
    }

    Optional<JsonObject> response(int status) {
        JsonObject responses = operation.getAsJsonObject("responses");
        String name = Integer.toString(status);
        return responses.has(name)
                ? Optional.of(ApiDocument.REST.followed(responses.getAsJsonObject(name)))
                : Optional.empty();
    }

    /** The examples of a response by name. */
    Map<String, JsonElement> examples(int status) {
        return response(status)
                .map(response -> examples(response.getAsJsonObject("content")))
                .orElseThrow();
    }

    private static Map<String, JsonElement> examples(JsonObject content) {
        Map<String, JsonElement> examples = new LinkedHashMap<>();
        content.getAsJsonObject(JSON)
                .getAsJsonObject("examples")
                .entrySet()
                .forEach(example -> examples.put(
                        example.getKey(),
                        ApiDocument.REST
                                .followed(example.getValue().getAsJsonObject())
                                .get("value")));
        return examples;
    }

    StrictSchema schema(int status) {
        JsonObject response = response(status)
                .orElseThrow(() -> new AssertionError(id() + ": status " + status + " is not documented"));
        return StrictSchema.of(
                ApiDocument.REST,
                response.getAsJsonObject("content").getAsJsonObject(JSON).get("schema"));
    }

    /** Deviations of an answer from the documented schema of this call, in both directions. */
    List<String> faults(Answer answer) {
        return schema(answer.status()).faults(answer.json());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
