package io.simpleim.testing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Tells the messages among the frames of a connection from the server's own events. */
public final class Pushes {
    private static final int FIRST_EVENT = 10_000;

    private Pushes() {}

    /** The next message; events before it are passed over. */
    public static JsonObject nextMessage(ImSocket socket) {
        JsonObject frame = socket.next();
        while (!isMessage(frame)) {
            frame = socket.next();
        }
        return frame;
    }

    /** The numbers of the next messages, so many; events between them are passed over. */
    public static List<Long> nextSeqs(ImSocket socket, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> nextMessage(socket).get("seq").getAsLong())
                .toList();
    }

    /** The next event of that name; what comes before it is passed over. */
    public static JsonObject nextEvent(ImSocket socket, String event) {
        JsonObject frame = socket.next();
        while (!frame.has("event") || !frame.get("event").getAsString().equals(event)) {
            frame = socket.next();
        }
        return frame;
    }

    /**
     * The messages that have been pushed and not yet been read. Frames keep their order, so whatever was pushed before
     * this call comes before the answer to the ping that it sends.
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

    /** The messages that have arrived on a connection that is closed, and have not been read. */
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

    /** As {@link #reply}, of a frame with these members, names and values in turn. */
    public static JsonObject ask(ImSocket socket, Object... namesAndValues) {
        return reply(socket, new Gson().toJson(ImClient.params(namesAndValues)));
    }

    /** The answer to an operation that was sent with a {@code ref}; pushes before it are passed over. */
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
