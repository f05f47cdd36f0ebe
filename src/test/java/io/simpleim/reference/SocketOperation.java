package io.simpleim.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes over a WebSocket, as it is documented: what the server takes, or what it pushes. */
record SocketOperation(String id, JsonObject operation) {
    private static final ApiDocument DOCUMENT = ApiDocument.SOCKET;

    /** What the server takes. */
    static List<SocketOperation> taken() {
        return of("receive");
    }

    /** What it pushes. */
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

    /** The message that the server takes or pushes. */
    JsonObject frame() {
        return DOCUMENT.resolved(operation.getAsJsonArray("messages").get(0)).getAsJsonObject();
    }

    /** The value of {@code op}; empty if there is none. */
    String op() {
        JsonObject op =
                frame().getAsJsonObject("payload").getAsJsonObject("properties").getAsJsonObject("op");
        return op == null ? "" : op.get("const").getAsString();
    }

    /** Relative to the application. */
    String path() {
        return DOCUMENT.followed(operation.getAsJsonObject("channel"))
                .get("address")
                .getAsString()
                .substring(1);
    }

    /** The answer if it is carried out: the first one. */
    JsonObject done() {
        return reply(0);
    }

    /** The answer if it is refused. */
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

    /** The examples of a message, by name. */
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
