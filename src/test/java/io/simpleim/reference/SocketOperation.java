package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A documented WebSocket operation: a frame that the server accepts, or one that it pushes. */
record SocketOperation(String id, JsonObject operation) {
    private static final ApiDocument DOCUMENT = ApiDocument.SOCKET;

    /** Operations that the server accepts. */
    static List<SocketOperation> taken() {
        return of("receive");
    }

    /** Operations that the server pushes. */
    static List<SocketOperation> pushed() {
        return of("send");
    }

    private static List<SocketOperation> of(String action) {
        return DOCUMENT.at("operations").entrySet().stream()
                .map(member ->
                        new SocketOperation(member.getKey(), member.getValue().getAsJsonObject()))
                .filter(operation ->
                        operation.operation().get("action").getAsString().equals(action))
                .toList();
    }

    /** The message that is accepted or pushed. */
    JsonObject frame() {
        return DOCUMENT.resolved(operation.getAsJsonArray("messages").get(0)).getAsJsonObject();
    }

    /** The value of {@code op}; empty if there is none. */
    String op() {
        JsonObject op =
                frame().getAsJsonObject("payload").getAsJsonObject("properties").getAsJsonObject("op");
        return op == null ? "" : op.get("const").getAsString();
    }

    /** The path relative to the application. */
    String path() {
        return DOCUMENT.followed(operation.getAsJsonObject("channel"))
                .get("address")
                .getAsString()
                .substring(1);
    }

    /** The answer to a successful frame, the first one documented. */
    JsonObject done() {
        return reply(0);
    }

    /** The answer to a refused frame. */
    JsonObject refused() {
        return reply(1);
    }

    private JsonObject reply(int index) {
        return DOCUMENT.resolved(operation
                        .getAsJsonObject("reply")
                        .getAsJsonArray("messages")
                        .get(index))
                .getAsJsonObject();
    }

    List<String> errors() {
        return ApiDocument.texts(operation.get("x-errors"));
    }

    static StrictSchema schema(JsonObject message) {
        return StrictSchema.of(DOCUMENT, message.get("payload"));
    }

    /** The examples of a message by name. */
    static Map<String, JsonElement> examples(JsonObject message) {
        Map<String, JsonElement> examples = new LinkedHashMap<>();
        message.getAsJsonArray("examples")
                .forEach(example -> examples.put(
                        example.getAsJsonObject().get("name").getAsString(),
                        example.getAsJsonObject().get("payload")));
        return examples;
    }

    @Override
    public String toString() {
        return id;
    }
}
