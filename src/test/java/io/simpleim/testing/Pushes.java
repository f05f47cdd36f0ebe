package io.simpleim.testing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Reads messages and events from a connection's frames. */
public final class Pushes {
    private static final int FIRST_EVENT = 10_000;

    private Pushes() {}

    /** Returns the next message and skips events before it. */
    public static JsonObject nextMessage(ImSocket socket) {
        JsonObject frame = socket.next();
        while (!isMessage(frame)) {
            frame = socket.next();
        }
        return frame;
    }

    /** Returns the seqs of the next messages and skips events between them. */
    public static List<Long> nextSeqs(ImSocket socket, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> nextMessage(socket).get("seq").getAsLong())
                .toList();
    }

    /** Returns the next event with this name and skips frames before it. */
    public static JsonObject nextEvent(ImSocket socket, String event) {
        JsonObject frame = socket.next();
        while (!frame.has("event") || !frame.get("event").getAsString().equals(event)) {
            frame = socket.next();
        }
        return frame;
    }

    /**
     * Returns the messages pushed so far and not yet read. Frames keep their order, so everything pushed before this
     * call precedes the answer to the ping that it sends.
     */
    public static List<JsonObject> messagesSoFar(ImSocket socket) {
        String ref = UUID.randomUUID().toString();
        socket.send("{\"op\":\"ping\",\"ref\":\"" + ref + "\"}");
        List<JsonObject> messages = new ArrayList<>();
        for (JsonObject frame = socket.next(); !isPong(frame, ref); frame = socket.next()) {
            if (isMessage(frame)) {
                messages.add(frame);
            }
        }
        return messages;
    }

    /** Returns the unread messages of a closed connection. */
    public static List<JsonObject> messagesLeft(ImSocket closed) {
        List<JsonObject> messages = new ArrayList<>();
        while (closed.waiting() > 0) {
            JsonObject frame = closed.next();
            if (isMessage(frame)) {
                messages.add(frame);
            }
        }
        return messages;
    }

    /** As {@link #reply}, with a frame made of names and values in turn. */
    public static JsonObject ask(ImSocket socket, Object... namesAndValues) {
        return reply(socket, new Gson().toJson(ImClient.params(namesAndValues)));
    }

    /** Sends an operation and returns its answer; skips pushes before it. */
    public static JsonObject reply(ImSocket socket, String frame) {
        socket.send(frame);
        JsonObject answer = socket.next();
        while (!answer.has("op")) {
            answer = socket.next();
        }
        return answer;
    }

    private static boolean isMessage(JsonObject frame) {
        return frame.has("message_type") && frame.get("message_type").getAsInt() < FIRST_EVENT;
    }

    private static boolean isPong(JsonObject frame, String ref) {
        return frame.has("op")
                && frame.get("op").getAsString().equals("pong")
                && frame.get("ref").getAsString().equals(ref);
    }
}
